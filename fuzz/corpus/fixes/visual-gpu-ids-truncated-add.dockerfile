FROM lightllm:1.1.0
CMD -mlightllm.server.api_server --visual_g 0 1