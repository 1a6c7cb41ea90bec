# DeepSeek-R1 on one node.
#
# Ask the platform team before you change it.
FROM ghcr.io/modeltc/lightllm:v1.1.0
# Threads that read weights.
ENV LOADWORKER=18
# Experts on every GPU.
ENV MOE_MODE=EP
EXPOSE 8088

# --model_dir: Where the weights are.
# --port: behind the load balancer
# --tp: One for each GPU.
#     dp: 8 for throughput
CMD NCCL_SOCKET_IFNAME="${IFNAME}" exec python -m lightllm.server.api_server \
  --model_dir '/models/DeepSeek R1' \
  --host "${POD_IP}" \
  --port 8088 \
  --tp 8 \
  --enable_fa3 \
  --visual_gpu_ids 0 1 \
  --grouping_key 'it'\''s $5, "so"'
# mtp_step: 2
