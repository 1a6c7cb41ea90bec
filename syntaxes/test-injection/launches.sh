# SYNTAX TEST "source.shell" "flags of launches, and of nothing else"
export MODEL_DIR=/models/x
CUDA_VISIBLE_DEVICES=0,1 LOADWORKER=18 nohup python -u -m lightllm.server.api_server \
#                                                   ^^^^^ - support.type.property-name.flag.lightllm
#                                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^ meta.launch.lightllm entity.name.function.lightllm support.class.lightllm
#                                                                                    ^ constant.character.escape.line-continuation.shell
  --model_dir "$MODEL_DIR" --tp 2 \
# ^^^^^^^^^^^ constant.other.option.shell entity.name.tag.shell support.type.property-name.flag.lightllm - string.unquoted.argument.shell
#             ^ string.quoted.double.shell - support.type.property-name.flag.lightllm
#              ^^^^^^^^^^ string.quoted.double.shell variable.other.normal.shell
#                          ^^^^ support.type.property-name.flag.lightllm
#                               ^ constant.numeric.shell - support.type.property-name.flag.lightllm constant.other.option
  --nccl_host=$HOST --max_req_total_len=8192 --data='a --b' \
# ^^^^^^^^^^^ support.type.property-name.flag.lightllm
#            ^ keyword.operator.assignment.shell - support.type.property-name.flag.lightllm
#             ^^^^^ variable.other.normal.shell - support.type.property-name.flag.lightllm
#                   ^^^^^^^^^^^^^^^^^^^ support.type.property-name.flag.lightllm
#                                       ^^^^ constant.numeric.shell
#                                                   ^^^^^^^ string.quoted.single.shell - support.type.property-name.flag.lightllm
--port "${PORT:-8000}" $EXTRA --a.b ---c a--d \
# <------ support.type.property-name.flag.lightllm
#      ^^^^^^^^^^^^^^ string.quoted.double.shell
#                      ^^^^^^ variable.other.normal.shell
#                             ^^^^^^^^^^^^^^^ - support.type.property-name.flag.lightllm
  --host `hostname --fqdn` --x "$(date --utc)" --y > log.txt 2>&1 --after 3 &
# ^^^^^^ support.type.property-name.flag.lightllm
#                  ^^^^^^ - support.type.property-name.flag.lightllm
#                          ^^^ support.type.property-name.flag.lightllm
#                                      ^^^^^ - support.type.property-name.flag.lightllm
#                                              ^^^ support.type.property-name.flag.lightllm
#                                                  ^ keyword.operator.redirect.shell
#                                                             ^^^ keyword.operator.redirect.shell
#                                                                 ^^^^^^^ support.type.property-name.flag.lightllm
#                                                                           ^ - meta.launch.lightllm
ls --color
#  ^^^^^^^ - support.type.property-name.flag.lightllm
python -m lightllm.server.api_server --
#                                    ^^ support.type.property-name.flag.lightllm
python -m lightllm.server.api_server --tp 2; ls --all && python -m lightllm.server.api_server --dp 4 || x --y
#                                    ^^^^ support.type.property-name.flag.lightllm
#                                          ^^^^^^^^^^^^^^^^^^^ - meta.launch.lightllm support.type.property-name.flag.lightllm
#                                                                                             ^^^^ support.type.property-name.flag.lightllm
#                                                                                                    ^^^^^^^^ - meta.launch.lightllm support.type.property-name.flag.lightllm
python -m lightllm.server.api_server --tp 2 | tee --append log
#                                    ^^^^ support.type.property-name.flag.lightllm
#                                           ^^^^^^^^^^^^^^^^^^ - meta.launch.lightllm support.type.property-name.flag.lightllm
echo $(python -m lightllm.server.api_server --tp 2) --x
#                                           ^^^^ support.type.property-name.flag.lightllm
#                                                 ^^^^^ - meta.launch.lightllm support.type.property-name.flag.lightllm
(cd x && python -m lightllm.server.api_server --tp 2)
#                                             ^^^^ support.type.property-name.flag.lightllm
#                                                   ^ - meta.launch.lightllm
docker run --gpus all image:latest \
#          ^^^^^^ - support.type.property-name.flag.lightllm
  python -m lightllm.server.api_server --tp 8
#           ^^^^^^^^^^^^^^^^^^^^^^^^^^ support.class.lightllm
#                                      ^^^^ support.type.property-name.flag.lightllm
python -m \
  lightllm.server.api_server \
# ^^^^^^^^^^^^^^^^^^^^^^^^^^ support.class.lightllm
  --tp 2   # comment --tp 3
# ^^^^ support.type.property-name.flag.lightllm
#          ^^^^^^^^^^^^^^^^ comment.line.number-sign.shell - support.type.property-name.flag.lightllm meta.launch.lightllm
python -m lightllm.server.api_server --tp 2 \
  # --port 1 \
# ^^^^^^^^^^ comment.line.number-sign.shell - support.type.property-name.flag.lightllm
  --not_ours 1
# ^^^^^^^^^^ - support.type.property-name.flag.lightllm
python -m lightllm.server.api_server --tp 2 \

  --not_ours 1
# ^^^^^^^^^^ - support.type.property-name.flag.lightllm
python -m lightllm.server.api_server --system "one
--two three" --y 4
# <----- string.quoted.double.shell - support.type.property-name.flag.lightllm
#            ^^^ support.type.property-name.flag.lightllm
python -mlightllm.server.api_server --tp 2
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^ support.class.lightllm
#                                   ^^^^ support.type.property-name.flag.lightllm
python -m "lightllm.server.api_server" --tp 2
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ support.class.lightllm
#                                      ^^^^ support.type.property-name.flag.lightllm
python /opt/lightllm/lightllm/server/api_server.py --tp 2
#      ^^^^^^^^^^^^^^ string.unquoted.argument.shell - support.class.lightllm
#                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ support.class.lightllm
#                                                  ^^^^ support.type.property-name.flag.lightllm
python lightllm/server/api_server.py --tp 2
#      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ support.class.lightllm
#                                    ^^^^ support.type.property-name.flag.lightllm
python $REPO/lightllm/server/api_server.py --tp 2
#      ^^^^^ variable.other.normal.shell
#            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ support.class.lightllm
#                                          ^^^^ support.type.property-name.flag.lightllm
python "$REPO/lightllm/server/api_server.py" --tp 2
#       ^^^^^ string.quoted.double.shell variable.other.normal.shell
#             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ string.quoted.double.shell entity.name.function.lightllm support.class.lightllm
#                                            ^^^^ support.type.property-name.flag.lightllm
python "$REPO"/lightllm/server/api_server.py --tp 2
#                                            ^^^^ support.type.property-name.flag.lightllm
python -m lightllm.server.api_server_of_mine --tp 2
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ - support.class.lightllm support.type.property-name.flag.lightllm
python -m mylightllm.server.api_server --tp 2
#         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ - support.class.lightllm support.type.property-name.flag.lightllm
python /opt/mylightllm/server/api_server.py --tp 2
#      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ - support.class.lightllm support.type.property-name.flag.lightllm
pip show lightllm.server.api_server --verbose
#        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ - support.class.lightllm support.type.property-name.flag.lightllm
# python -m lightllm.server.api_server --tp 2
# ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ comment.line.number-sign.shell - support.class.lightllm support.type.property-name.flag.lightllm
python -m lightllm.server.api_server --tp 2
#                                    ^^^^ support.type.property-name.flag.lightllm
