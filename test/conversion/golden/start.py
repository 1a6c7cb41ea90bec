import os
import subprocess


def start(port, root, extra):
    command = [
        "env", f"NODE_NAME={os.uname().nodename}", "LOADWORKER=18",
        "python", "-m", "lightllm.server.api_server",
        # The folder.
        "--model_dir", f"{root}/R1",
        "--port", str(port),  # given by the caller
        "--host", os.environ["HOST"],
        "--tp", "8",
        *extra,
    ]
    subprocess.run(command, check=True)
