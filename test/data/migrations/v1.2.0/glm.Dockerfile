FROM ghcr.io/modeltc/lightllm:v1.2.0
ENV LIGHTLLM_TRITON_AUTOTUNE_LEVEL=1 LOADWORKER=18
ENTRYPOINT ["python", "-m", "lightllm.server.api_server"]
CMD ["--model_dir", "/models/GLM-4.7-Flash", "--tp", "1", "--max_req_total_len", "202752", "--chunked_prefill_size", "8192", \
     "--llm_prefill_att_backend", "fa3", "--llm_decode_att_backend", "flashinfer", "--tool_call_parser", "glm47", \
     "--reasoning_parser", "glm45", "--enable_prompt_logprobs", "--llm_kv_type", "int8kv"]
