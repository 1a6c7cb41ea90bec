python -m lightllm.server.api_server --model_dir /models/Qwen3-32B --run_mode prefill --host 10.0.0.2 --port 8001 --tp 4 \
--pd_master_ip 10.0.0.1 --pd_master_port 60011 --disable_dynamic_prompt_cache
