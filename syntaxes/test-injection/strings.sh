# SYNTAX TEST "source.shell" "launches inside quotes"
bash -c "cd /x && python -m lightllm.server.api_server --tp 2 --json '{\"a\":1;}' --x=\"b\" --m \$Y $Z; ls --all" --after
#       ^ string.quoted.double.shell punctuation.definition.string.begin.shell
#        ^^^^^^^^^^^^^^^^^^ string.quoted.double.shell - meta.launch.lightllm
#                           ^^^^^^^^^^^^^^^^^^^^^^^^^^ string.quoted.double.shell meta.launch.lightllm entity.name.function.lightllm support.class.lightllm
#                                                      ^^^^ string.quoted.double.shell meta.launch.lightllm constant.other.option.shell entity.name.tag.shell support.type.property-name.flag.lightllm
#                                                           ^ string.quoted.double.shell - support.type.property-name.flag.lightllm
#                                                             ^^^^^^ support.type.property-name.flag.lightllm
#                                                                                 ^^^ support.type.property-name.flag.lightllm
#                                                                                    ^ keyword.operator.assignment.shell
#                                                                                     ^^ constant.character.escape.shell
#                                                                                           ^^^ support.type.property-name.flag.lightllm
#                                                                                               ^^ constant.character.escape.shell
#                                                                                                   ^^ string.quoted.double.shell variable.other.normal.shell
#                                                                                                     ^^^^^^^^^^ - meta.launch.lightllm support.type.property-name.flag.lightllm
#                                                                                                               ^ string.quoted.double.shell punctuation.definition.string.end.shell
#                                                                                                                 ^^^^^^^ - string.quoted.double.shell support.type.property-name.flag.lightllm
bash -lc '
  source x --y
# ^^^^^^^^^^^^ string.quoted.single.shell - support.type.property-name.flag.lightllm
  python3 -m lightllm.server.api_server --tp 2 \
#            ^^^^^^^^^^^^^^^^^^^^^^^^^^ string.quoted.single.shell meta.launch.lightllm entity.name.function.lightllm support.class.lightllm
#                                       ^^^^ support.type.property-name.flag.lightllm
    --port 80 --s "a b"
#   ^^^^^^ string.quoted.single.shell meta.launch.lightllm constant.other.option.shell entity.name.tag.shell support.type.property-name.flag.lightllm
#             ^^^ support.type.property-name.flag.lightllm
  ls --all
#    ^^^^^ string.quoted.single.shell - support.type.property-name.flag.lightllm
' foo --bar
# <- string.quoted.single.shell
#     ^^^^^ - string.quoted.single.shell support.type.property-name.flag.lightllm
tmux send-keys -t x "python -m lightllm.server.api_server --tp 2" C-m --y
#                                                         ^^^^ string.quoted.double.shell meta.launch.lightllm constant.other.option.shell entity.name.tag.shell support.type.property-name.flag.lightllm
#                                                               ^ punctuation.definition.string.end.shell - meta.launch.lightllm
#                                                                     ^^^ - support.type.property-name.flag.lightllm
tmux new-session -d "python /opt/lightllm/server/api_server.py \
#                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ support.class.lightllm
  --tp 2"
# ^^^^ string.quoted.double.shell meta.launch.lightllm constant.other.option.shell entity.name.tag.shell support.type.property-name.flag.lightllm
CMD='python -m lightllm.server.api_server --tp 2'
#                                         ^^^^ support.type.property-name.flag.lightllm
ssh host "x --y"
#           ^^^ string.quoted.double.shell - support.type.property-name.flag.lightllm
bash -c "x --y 'z"
#           ^^ string.quoted.double.shell - support.type.property-name.flag.lightllm
ls --all
#  ^^^^^ - string.quoted support.type.property-name.flag.lightllm
