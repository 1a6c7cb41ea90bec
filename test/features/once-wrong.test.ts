/** Statements that once were wrong, vague or missing, by number; other tests have their kinds. */
import { describe, expect, test } from "vitest";
import { service } from "../../server/src/service";
import { open } from "../support/service";

const { hover, shippedCatalogue } = service;

const catalogue = shippedCatalogue();

/** What a hover says of a flag or a variable in a release. */
function saidOf(name: string, inRelease: string): string {
  const isVariable = name in catalogue.environment();
  const line = isVariable ? `env:\n  ${name}: 1\n` : `${name}: 1\n`;
  const text = `# lightllm: release=${inRelease}\nx-model: /m\n${line}`;
  return JSON.stringify(hover(open(text), text.lastIndexOf(name) + 1)?.contents ?? "").replaceAll("\\n", " ");
}

type Saying = readonly [number: string, name: string, release: string, says: RegExp, never?: RegExp];

const SAYINGS: readonly Saying[] = [
  ["2.1", "trust_remote_code", "v1.1.0", /every start still loads the tokenizer once.*disable_shm_warning/],
  ["2.1", "trust_remote_code", "v1.0.1", /LLaVA/, /every start/],
  [
    "2.2",
    "httpserver_workers",
    "v1.2.0",
    /`pd_master`: it runs one worker.*12 seconds.*exits/,
    /`pd_master` ignores/,
  ],
  ["2.2", "httpserver_workers", "v1.1.0", /`pd_master` ignores the flag/, /12 seconds/],
  ["2.3", "zmq_mode", "v1.2.0", /does not make `\/tmp` unnecessary.*socket files.*lock files/],
  ["2.3", "zmq_mode", "v1.2.0", /`AssertionError` without text/, /Use `tcp:\/\/` where/],
  ["2.4", "enable_cpu_cache", "v1.2.0", /DeepSeek-V3\.2 is not supported/, /Qwen3-Next/],
  ["2.4", "linear_att_hash_page_size", "v1.2.0", /Qwen3\.5 family/, /Qwen3-Next/],
  ["2.4", "linear_att_page_block_num", "v1.2.0", /Qwen3\.5 model/, /Qwen3-Next/],
  ["2.5", "chat_template", "v1.2.0", /without the word `thinking`.*drop the `thinking: true` of a request/],
  ["2.6", "disable_cudagraph", "v1.2.0", /buffers of FlashAttention 3 .* keep their size/, /all `graph_\*`/],
  ["2.6", "disable_cudagraph", "v1.0.1", /all `graph_\*` flags are ignored/],
  ["2.6", "graph_max_len_in_batch", "v1.2.0", /sizes buffers by it, with `disable_cudagraph` too/],
  [
    "2.7",
    "enable_decode_microbatch_overlap",
    "v1.2.0",
    /With `dp` 1 and CUDA graphs the first decode step crashes/,
  ],
  ["2.8", "enable_prefill_microbatch_overlap", "v1.2.0", /With `dp` 1 nothing is halved/],
  ["2.8", "enable_prefill_microbatch_overlap", "v1.2.0", /turns that mode on, also with `dp` 1/],
  [
    "2.9",
    "disable_chunked_prefill",
    "v1.2.0",
    /Qwen3\.5 family, fail at the first request/,
    /unless the prompt cache/,
  ],
  ["2.10", "visual_use_proxy_mode", "v1.2.0", /does not stop it: requests with new images are aborted/],
  ["2.11", "token_healing_mode", "v1.2.0", /`dp`: Above 1, prompts silently lose their last two tokens/],
  ["2.11", "token_healing_mode", "v1.2.0", /`run_mode`: On prefill and decode nodes prompts silently lose/],
  ["2.11", "token_healing_mode", "v1.2.0", /`diverse_mode`: Prompts silently lose/],
  ["2.12", "mode", "v1.1.0", /Llama-like models fail on every word but the two fp8/, /without scales/],
  [
    "2.12",
    "mode",
    "main-2025-07",
    /int8 words without scales.*garbage.*`ppl_int4kv_flashdecoding` ends in an assertion/,
  ],
  ["2.13", "chunked_prefill_size", "main-2026-08", /Longer prompts are cut/, /help text/],
  ["2.13", "graph_max_len_in_batch", "main-2026-08", /help text names 8192 as the default, which is wrong/],
  [
    "2.14",
    "static_quant",
    "v1.0.0",
    /Nothing acts on the variable `STATIC_QUANT`.*refuses to start unless it is `vllm-w8a8`/,
  ],
  ["2.14", "STATIC_QUANT", "v1.0.1", /Nothing acts on the value/],
  [
    "2.15",
    "LIGHTLLM_REDUNDANCY_EXPERT_UPDATE_INTERVAL",
    "v1.1.0",
    /Nothing follows/,
    /it loads the busiest ones as/,
  ],
  [
    "2.15",
    "LIGHTLLM_REDUNDANCY_EXPERT_UPDATE_INTERVAL",
    "main-2025-07",
    /loads the busiest ones as redundant/,
  ],
  ["2.16", "LIGHTLLM_HUGE_PAGE_ENABLE", "v1.2.0", /for `embed_cache_storage_size` with a multimodal model/],
  ["2.16", "embed_cache_storage_size", "v1.2.0", /this much must be reserved in huge pages too/],
  [
    "2.18",
    "use_reward_model",
    "v1.1.0",
    /With another model the first request dies of a TypeError/,
    /mean nothing/,
  ],
  ["2.18", "use_reward_model", "v1.2.0", /No reward model can be loaded/],
  ["2.19", "enable_prompt_logprobs", "v1.2.0", /`batch_max_tokens × vocabulary × 6` bytes/, /× 4/],
  ["2.20", "LIGHTLLM_ANTHROPIC_ENABLE_PDF_PARSING", "v1.2.0", /With a vision model the pages become images/],
  ["2.20", "LIGHTLLM_ANTHROPIC_ENABLE_PDF_PARSING", "v1.2.0", /20 MiB, and 20 in a request.*30 seconds/],
  [
    "2.21",
    "LIGHTLLM_ENABLE_TOOL_NAME_CHECK",
    "v1.2.0",
    /streamed answers Qwen, Llama and Mistral always drop.*DeepSeek V3 and V3\.1 never/,
  ],
  ["2.22", "KV_TRANS_USE_P2P", "v1.1.0", /for one PD master and for several/],
  [
    "3.1",
    "nccl_host",
    "v1.2.0",
    /same text as `config_server_host`.*only `dp` above 1 works over several nodes/,
  ],
  ["3.2", "running_max_req_size", "v1.2.0", /counts the slots.*waiting requests are not served in order/],
  ["3.4", "pd_decode_rpyc_port", "v1.1.0", /ports 20000 to 30000/],
  ["3.5", "select_p_d_node_strategy", "v1.2.0", /every 512th character/],
  ["3.6", "enable_rl", "v1.2.0", /Pausing aborts the requests that are running/],
  ["3.7", "mem_fraction", "v1.2.0", /other processes hold on the card.*counts as used/],
  ["3.8", "eos_id", "v1.2.0", /Gemma 4 takes.*Qwen3\.5.*Qwen3-Omni always 151645/],
  [
    "3.9",
    "max_req_total_len",
    "v1.2.0",
    /rope scaling's `factor`.*min\(`max_req_total_len`, kv cache tokens − 36\)/,
  ],
  ["3.10", "dp_balancer", "v1.2.0", /no effect where `dp ÷ nnodes` is 1/],
  ["3.11", "performance_mode", "v1.2.0", /log line names other numbers/],
  ["3.12", "disable_symm_mem_allreduce", "v1.2.0", /9\.0, 10\.0 and 10\.3 only.*sums below 4 to 128 MiB/],
  [
    "3.12",
    "disable_flashinfer_allreduce",
    "v1.2.0",
    /9\.0, 10\.0 and 10\.3 only.*sums below 128 KiB to 1 MiB/,
  ],
  ["3.13", "disable_flashinfer_allreduce", "v1.2.0", /tests it on GPUs 0 and 1 .* 10 minutes at most/],
  [
    "3.14",
    "enable_prefill_cudagraph",
    "v1.2.0",
    /unless `batch_max_tokens` is above `prefill_cudagraph_max_handle_token`/,
  ],
  ["3.15", "output_constraint_mode", "v1.2.0", /In every mode, `none` too, the HTTP process compiles/],
  ["3.16", "visual_nccl_ports", "v1.1.0", /also for text models/],
  ["3.16", "visual_dp", "v1.1.0", /multiple of this, also for text models/],
  ["3.17", "mode", "v1.1.0", /first match of an order of their own/],
  ["3.18", "llm_prefill_att_backend", "v1.2.0", /`enable_ep_moe`: `auto` leaves FlashInfer out/],
  ["3.19", "disable_custom_allreduce", "v1.0.1", /`tp` equal to 2, 4, 6 or 8/, /tp ÷ dp/],
  ["3.20", "mtp_step", "v1.2.0", /8 places for its next tokens/],
  ["3.20", "mtp_step", "v1.1.0", /8 places for its next tokens/],
  ["3.20", "mtp_step", "main-2025-07", /draft model/, /8 places/],
  ["3.21", "quant_type", "v1.2.0", /All methods in 128×128 blocks need sizes that are multiples of 128/],
  ["3.22", "llm_kv_type", "v1.2.0", /Qwen3-Next, Mixtral, .* only `None`/],
  ["3.23", "ep_redundancy_expert_config_path", "v1.2.0", /models with fused MoE layers read it all the same/],
  ["3.24", "HEALTH_TIMEOUT", "v1.2.0", /none got a token for this long/],
  ["3.24", "HEALTH_TIMEOUT", "v1.0.1", /Each `\/health` sends a test request/],
  ["3.24", "HEALTH_CHECK_INTERVAL_SECONDS", "v1.2.0", /After three failed checks in a row/],
  ["3.24", "HEALTH_FAILURE_THRESHOLD", "v1.1.0", /One more failure makes it report 503/],
  [
    "3.25",
    "FIRST_ALLOWED_TOKENS",
    "v1.2.0",
    /With `dp` above 1, or on prefill and decode nodes, it is not read either, without any message/,
  ],
  ["3.26", "MAX_PATCH_NUM", "v1.2.0", /a small copy of the whole as one tile more/],
  ["3.27", "LIGHTLLM_MAX_PROMPT_LOGPROBS", "v1.2.0", /up to 1024 pass, but the buffer holds 128/],
  [
    "4.1",
    "reasoning_parser",
    "v1.2.0",
    /decides whether the model thinks.*without a parser always false, whatever/,
  ],
  ["4.2", "enable_cpu_cache", "v1.2.0", /2,048 pages.*old weights.*x86-64, and CUDA in `\/usr\/local\/cuda`/],
  ["4.2", "disk_cache_dir", "v1.2.0", /the entries do not name the model/],
  ["4.3", "enable_rl", "v1.2.0", /`httpserver_workers`: Keep 1/],
  ["4.3", "running_max_req_size", "v1.2.0", /`n` above this number waits forever/],
  ["4.3", "model_name", "v1.2.0", /Every metric .* carries it/],
  ["4.4", "port", "v1.2.0", /a quick restart may be refused/],
  ["4.4", "port", "v1.1.0", /binds the port/, /quick restart/],
  ["4.4", "health_monitor", "v1.2.0", /exits within 5 seconds when one of its processes dies/],
  ["4.5", "model_dir", "v1.2.0", /`generation_config\.json` sets the sampling/],
  [
    "4.5",
    "LIGHTLLM_INVALID_TOKEN_IDS_MAX_LENGTH",
    "v1.2.0",
    /Each key of `logit_bias` is forbidden, whatever its value/,
  ],
  ["4.5", "enable_prompt_logprobs", "v1.2.0", /`prompt_logprobs` never uses these caches/],
  [
    "4.6",
    "mem_fraction",
    "v1.2.0",
    /2 × 4 bytes × `graph_max_batch_size` × \(`mtp_step` \+ 1\) × `graph_max_len_in_batch`/,
  ],
  ["4.7", "visual_dp", "v1.2.0", /Over several nodes `tp` counts the GPUs of all/],
  ["4.7", "chunked_prefill_size", "v1.2.0", /shrinks with `dp`.*1024 at `dp` 8/],
  ["4.7", "llm_decode_att_backend", "v1.2.0", /gives up after 30 minutes/],
  ["4.7", "router_token_ratio", "v1.2.0", /While one request is paused, no new one is admitted/],
  ["4.7", "router_max_wait_tokens", "v1.2.0", /enlarges what the scheduler reserves/],
  ["4.7", "output_constraint_mode", "v1.1.0", /the HTTP process compiles/],
  ["4.8", "quant_type", "v1.2.0", /DeepSeek checkpoints in fp8 need the DeepGEMM package/],
  ["4.8", "quant_type", "v1.1.0", /replaces your value/, /need the DeepGEMM package/],
  ["4.8", "run_mode", "v1.2.0", /name the other nodes in `NO_PROXY`/],
  [
    "4.8",
    "quant_cfg",
    "v1.2.0",
    /differ by family; .*`q_proj`, `kv_proj`, `o_proj`, `gate_up_proj` and `down_proj`/,
  ],
  ["4.9", "CUDA_MPS_CLIENT_PRIORITY", "v1.2.0", /transfer the kv cache set it to 0 for themselves/],
  ["4.9", "NO_PROXY", "v1.2.0", /name the addresses of the PD master.*config server/],
  ["4.9", "no_proxy", "v1.0.1", /The same as `NO_PROXY`/],
];

describe("a hover", () => {
  test.each(SAYINGS.map(([number, name, inRelease, ...words]) => ({ number, name, inRelease, words })))(
    "meaning $number: $name in $inRelease",
    ({ name, inRelease, words: [says, never] }) => {
      const said = saidOf(name, inRelease);
      expect(said).toMatch(says);
      if (never) expect(said).not.toMatch(never);
    },
  );
});
