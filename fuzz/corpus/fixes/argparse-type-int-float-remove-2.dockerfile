ENV TP=s
CMD -mlightllm.server.api_server --tp $TP --tp $TP
