FROM ghcr.io/modeltc/lightllm:v1.0.1
ENV LOADWORKER=8 ENABLE_VLLM_REDUCE=0
EXPOSE 8000
CMD ["python", "-m", "lightllm.server.api_server", "--model_dir", "/models/qwen2-72b", "--host", "0.0.0.0", \
     "--tp", "4", "--quant_type", "vllm-w8a8", "--mode", "triton_int8kv", "--disable_custom_allreduce", "--mem_fraction", "0.88"]
