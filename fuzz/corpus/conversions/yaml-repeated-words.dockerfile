CMD -mlightllm.server.api_server --tp“~ --tp“~
