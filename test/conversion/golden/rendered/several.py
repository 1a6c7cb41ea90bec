# lightllm: release=v1.2.0
master_command = [
    "python", "-m", "lightllm.server.api_server",
    "--run_mode", "pd_master",
    "--model_dir", "/models/R1",
    "--host", "10.0.0.1",
    "--port", "60011",
]

# lightllm: release=v1.2.0
# Reads prompts.
prefill_command = [
    "bash", "-c",
    "export LOADWORKER=18\nexport NODE_NAME=\"$(hostname)\"\nexec python -m lightllm.server.api_server \\\n  --run_mode prefill \\\n  --model_dir /models/R1 \\\n  --host \"$(hostname -i)\" \\\n  --port 8019 \\\n  --pd_master_ip 10.0.0.1 \\\n  --pd_master_port 60011 \\\n  --tp 8 \\\n  ${EXTRA_ARGS}",
]
