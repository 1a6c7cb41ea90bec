python -m lightllm.server.api_server \
  --model_dir /data/qwen3-32b --tp 4 \
  --enable_fa3 --mode offline_calibration_fp8kv \
  --kv_quant_calibration_config_path ./test/advanced_config/qwen3-32b-kv.json \
  --batch_max_tokens 16384 --max_req_total_len 32768
