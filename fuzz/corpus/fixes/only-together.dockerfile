CMD -m lightllm.server.api_server \
ENTRYPOINT ["-m", "lightllm.rverapiserver"]
--o