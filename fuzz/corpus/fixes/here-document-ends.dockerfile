RUN -mlightllm.server.api_server -"t <<'EOF'
" y
"
CMD ["-m lightllm.server.api_server --tp "
EOF