# SYNTAX TEST "source.shell" "CRLF line ends"
# lightllm: release=v1.1.0
#                   ^^^^^^ string.unquoted.release.lightllm
python -m lightllm.server.api_server \
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^ support.class.lightllm
  --tp 2 \
# ^^^^ support.type.property-name.flag.lightllm
  --enable_fa3
# ^^^^^^^^^^^^ support.type.property-name.flag.lightllm
ls --all
#  ^^^^^ - support.type.property-name.flag.lightllm
