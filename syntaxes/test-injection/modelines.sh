# SYNTAX TEST "source.shell" "modelines"
# lightllm: release=v1.1.0
# <- comment.line.number-sign.shell meta.modeline.lightllm punctuation.definition.comment.shell
# ^^^^^^^^^ comment.line.number-sign.shell meta.modeline.lightllm keyword.control.directive.lightllm
#           ^^^^^^^ keyword.control.directive.lightllm
#                  ^ keyword.operator.assignment.lightllm - keyword.control.directive.lightllm
#                   ^^^^^^ string.unquoted.release.lightllm - keyword.control.directive.lightllm
# lightllm: off
#           ^^^ keyword.control.directive.lightllm
#lightllm: config
#^^^^^^^^^ keyword.control.directive.lightllm
#          ^^^^^^ keyword.control.directive.lightllm
  # lightllm: disable-next-line=pd-host,tp-nodes and why
#   ^^^^^^^^^ keyword.control.directive.lightllm
#             ^^^^^^^^^^^^^^^^^ keyword.control.directive.lightllm
#                               ^^^^^^^ string.unquoted.rule.lightllm
#                                      ^ punctuation.separator.rule.lightllm
#                                       ^^^^^^^^ string.unquoted.rule.lightllm
#                                                ^^^^^^^ comment.line.number-sign.shell - string.unquoted.rule.lightllm
# lightllm: offline turnoff
#           ^^^^^^^^^^^^^^^ comment.line.number-sign.shell - keyword.control.directive.lightllm
# lightllms: off
# ^^^^^^^^^^^^^^ comment.line.number-sign.shell - meta.modeline.lightllm keyword.control.directive.lightllm
# see lightllm: off
# ^^^^^^^^^^^^^^^^^ comment.line.number-sign.shell - meta.modeline.lightllm keyword.control.directive.lightllm
ls # lightllm: off
#  ^^^^^^^^^^^^^^^ comment.line.number-sign.shell - meta.modeline.lightllm keyword.control.directive.lightllm
X="
# lightllm: off"
# ^^^^^^^^^^^^^ string.quoted.double.shell - meta.modeline.lightllm
# lightllm: args
# ^^^^^^^^^ comment.line.number-sign.shell meta.modeline.lightllm keyword.control.directive.lightllm
#           ^^^^ keyword.control.directive.lightllm
NAME=x ./serve.sh "a" --tp 2 \
#                     ^^^^ support.type.property-name.flag.lightllm - comment.line.number-sign.shell
  --name $Y | foo --z
# ^^^^^^ support.type.property-name.flag.lightllm
#        ^^ variable.other.normal.shell
#           ^^^^^^^^^ - support.type.property-name.flag.lightllm
# lightllm: args

ls --all
#  ^^^^^ - support.type.property-name.flag.lightllm
