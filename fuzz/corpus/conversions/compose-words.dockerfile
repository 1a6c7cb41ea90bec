CMD -mlightllm.server.api_server
ENV X=$$Y
