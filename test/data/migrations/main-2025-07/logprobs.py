import os

args = [
    "--model_dir", "/data/llama-3-8b",
    "--return_all_prompt_logprobs",
    "--disable_chunked_prefill",
    "--disable_dynamic_prompt_cache",
    "--long_truncation_mode", "center",
]
os.execvp("python", ["python", "-m", "lightllm.server.api_server", *args])
