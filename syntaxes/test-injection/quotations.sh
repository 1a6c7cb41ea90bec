# SYNTAX TEST "source.shell" "commands that only speak of a launch"
echo python -m lightllm.server.api_server --tp 2; x --y
#    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ - meta.launch.lightllm support.class.lightllm support.type.property-name.flag.lightllm
  echo "python -m lightllm.server.api_server --tp 2"
#      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ string.quoted.double.shell - meta.launch.lightllm support.type.property-name.flag.lightllm
pkill -f 'python -m lightllm.server.api_server --tp'
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ string.quoted.single.shell - meta.launch.lightllm support.type.property-name.flag.lightllm
ps aux | grep -m lightllm.server.api_server --color
#                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ - meta.launch.lightllm support.type.property-name.flag.lightllm
if pgrep -f "python -m lightllm.server.api_server --x"; then
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ - meta.launch.lightllm support.type.property-name.flag.lightllm
cat lightllm/server/api_server.py --number
#   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ - meta.launch.lightllm support.type.property-name.flag.lightllm
echo start && python -m lightllm.server.api_server --tp 2
#                                                  ^^^^ support.type.property-name.flag.lightllm
