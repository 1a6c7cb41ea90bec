# DeepSeek-R1 over two machines; run with the address of node 0.
export nccl_host=$1
NODE=${2:-0}
ENABLE_FLASHINFER_PREFILLED=ON ENABLE_FLASHINFER_DECODE_MLA=ON LOADWORKER=18 \
python -m lightllm.server.api_server --port 8088 \
  --model_dir /data/DeepSeek-R1 \
  --tp 16 \
  --nnodes 2 \
  --node_rank $NODE \
  --nccl_host $nccl_host \
  --nccl_port 2732 \
  --static_quant
