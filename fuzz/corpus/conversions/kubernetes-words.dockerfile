ENV DIR /${
RUN -mlightllm.server.api_server $DIR