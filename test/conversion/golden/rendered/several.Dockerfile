FROM ghcr.io/modeltc/lightllm:v1.2.0 AS master
# --host 10.0.0.1 is an address of the machine that ran it: a container has another one. 0.0.0.0 listens on all.
EXPOSE 60011

CMD ["python", "-m", "lightllm.server.api_server", \
     "--run_mode", "pd_master", \
     "--model_dir", "/models/R1", \
     "--host", "10.0.0.1", \
     "--port", "60011"]

# Reads prompts.
FROM ghcr.io/modeltc/lightllm:v1.2.0 AS prefill
ENV LOADWORKER=18
EXPOSE 8019

CMD NODE_NAME="$(hostname)" exec python -m lightllm.server.api_server \
  --run_mode prefill \
  --model_dir /models/R1 \
  --host "$(hostname -i)" \
  --port 8019 \
  --pd_master_ip 10.0.0.1 \
  --pd_master_port 60011 \
  --tp 8 \
  ${EXTRA_ARGS}
