import os

# lightllm: release=v1.1.0
# DeepSeek-R1 on one node.
#
# Ask the platform team before you change it.
command = [
    "env",
    # Threads that read weights.
    "LOADWORKER=18",
    # Experts on every GPU.
    "MOE_MODE=EP",
    f"NCCL_SOCKET_IFNAME={os.environ['IFNAME']}",
    "python", "-m", "lightllm.server.api_server",
    # Where the weights are.
    "--model_dir", "/models/DeepSeek R1",
    "--host", os.environ["POD_IP"],
    "--port", "8088",  # behind the load balancer
    # One for each GPU.
    #   dp: 8 for throughput
    "--tp", "8",
    "--enable_fa3",
    "--visual_gpu_ids", "0", "1",
    "--grouping_key", "it's $5, \"so\"",
    # mtp_step: 2
]
