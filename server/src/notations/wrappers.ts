/** Programs that start another program: the words they take before it, and the place where they start it. */

/** Syntax of a program's words, up to the program that it starts. */
export interface WrapperSyntax {
  /** Options that take a separate value; all other options are switches. */
  readonly valued?: ReadonlySet<string>;
  /** If present, all options except these take a separate value. */
  readonly switches?: ReadonlySet<string>;
  /** Number of words it needs before the program: an image, a host, a time. */
  readonly operands?: number;
  /** Whether `NAME=value` is allowed before the program. */
  readonly assigns?: boolean;
  /** The place where it starts the program, and the meaning of its operand and options for that place. */
  readonly place?: "remote" | "container" | "pod";
  readonly operandIs?: "host" | "image" | "name";
  /** Options that name the host or the image. */
  readonly host?: readonly string[];
  readonly image?: readonly string[];
  /** Subcommands such as `run`, after the program's own options, with the syntax of the rest. */
  readonly verbs?: Readonly<Record<string, WrapperSyntax>>;
}

function options(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}

const DOCKER_GLOBAL = options(
  "-H --host -c --context --config -l --log-level --tlscacert --tlscert --tlskey",
);

/** `docker run`, with the options without a value from its reference. */
const DOCKER_RUN: WrapperSyntax = {
  switches: options(
    "-d --detach -i --interactive -t --tty -P --publish-all -q --quiet --rm --init --privileged --read-only --no-healthcheck --oom-kill-disable --sig-proxy --disable-content-trust --use-api-socket --replace --no-hosts --systemd --tls-verify",
  ),
  operands: 1,
  place: "container",
  operandIs: "image",
};
const DOCKER_EXEC: WrapperSyntax = {
  valued: options("-e --env --env-file -u --user -w --workdir --detach-keys --index"),
  operands: 1,
  place: "container",
  operandIs: "name",
};
const COMPOSE: WrapperSyntax = {
  valued: options("-f --file -p --project-name --profile --env-file --project-directory --parallel"),
  verbs: {
    exec: DOCKER_EXEC,
    run: {
      switches: options(
        "-d --detach -T --no-TTY --build --no-deps --rm --service-ports -P --use-aliases -i --interactive -q --quiet --quiet-pull --quiet-build --remove-orphans",
      ),
      operands: 1,
      place: "container",
      operandIs: "name",
    },
  },
};
const CONTAINER_VERBS = { run: DOCKER_RUN, create: DOCKER_RUN, exec: DOCKER_EXEC };
const DOCKER: WrapperSyntax = {
  valued: DOCKER_GLOBAL,
  verbs: { ...CONTAINER_VERBS, container: { verbs: CONTAINER_VERBS }, compose: COMPOSE },
};

const SINGULARITY_EXEC: WrapperSyntax = {
  valued: options(
    "-B --bind --env --env-file -H --home -W --workdir --pwd --mount -S --scratch --overlay --app --network --security",
  ),
  operands: 1,
  place: "container",
  operandIs: "image",
};
const SINGULARITY: WrapperSyntax = { verbs: { exec: SINGULARITY_EXEC, run: SINGULARITY_EXEC } };

const KUBECTL_GLOBAL = "-n --namespace --context --kubeconfig --cluster --user -s --server --token -v";
const KUBECTL: WrapperSyntax = {
  valued: options(KUBECTL_GLOBAL),
  verbs: {
    exec: {
      valued: options(`${KUBECTL_GLOBAL} -c --container -f --filename --pod-running-timeout`),
      operands: 1,
      place: "pod",
      operandIs: "name",
    },
    run: {
      valued: options(
        `${KUBECTL_GLOBAL} --image --env --labels -l --port --restart --overrides --image-pull-policy`,
      ),
      operands: 1,
      place: "pod",
      operandIs: "name",
      image: ["--image"],
    },
  },
};

/** Slurm's options usually take a value; these do not. */
const SLURM: WrapperSyntax = {
  switches: options(
    "--pty --exclusive --overlap --unbuffered -u --label -l --no-kill -k --kill-on-bad-exit -K --verbose -v --quiet -Q --preserve-env -E --immediate -I --contiguous -s --oversubscribe --container-mount-home --no-container-mount-home --container-remap-root --no-container-remap-root --container-writable",
  ),
  place: "remote",
  host: ["-w", "--nodelist"],
  image: ["--container-image"],
};

const REMOTE_SHELL: WrapperSyntax = {
  valued: options("-B -b -c -D -E -e -F -I -i -J -L -l -m -O -o -P -p -Q -R -S -W -w"),
  operands: 1,
  place: "remote",
  operandIs: "host",
};
const HOST_LIST: WrapperSyntax = {
  valued: options("-w -x -l -t -u -f -g -R -h -H -o -O -p --hosts --nodes"),
  place: "remote",
  host: ["-w", "-H", "--nodes"],
};

const PLAIN: WrapperSyntax = {};

/** Programs that run a string as a shell command. */
export const SHELLS: ReadonlySet<string> = options("bash sh zsh dash ksh ash");

/** The programs by name, without folder. */
export const WRAPPERS: ReadonlyMap<string, WrapperSyntax> = new Map(
  Object.entries<WrapperSyntax>({
    nohup: PLAIN,
    setsid: PLAIN,
    command: PLAIN,
    exec: { valued: options("-a") },
    time: { valued: options("-f --format -o --output") },
    env: { valued: options("-u --unset -C --chdir"), assigns: true },
    sudo: {
      valued: options("-u --user -g --group -h --host -p --prompt -C -r -t -T -U -D --chdir"),
      assigns: true,
    },
    nice: { valued: options("-n --adjustment") },
    ionice: { valued: options("-c --class -n --classdata") },
    chrt: { operands: 1 },
    taskset: { operands: 1 },
    timeout: { valued: options("-k --kill-after -s --signal"), operands: 1 },
    stdbuf: { valued: options("-i --input -o --output -e --error") },
    numactl: {
      valued: options(
        "-N --cpunodebind -m --membind -C --physcpubind -i --interleave -p --preferred -w --weighted-interleave",
      ),
    },
    ...Object.fromEntries([...SHELLS].map((shell) => [shell, { valued: options("-o -O") }])),
    docker: DOCKER,
    podman: DOCKER,
    nerdctl: DOCKER,
    "docker-compose": COMPOSE,
    singularity: SINGULARITY,
    apptainer: SINGULARITY,
    enroot: {
      verbs: {
        start: {
          valued: options("-c --conf -e --env -m --mount"),
          operands: 1,
          place: "container",
          operandIs: "name",
        },
      },
    },
    kubectl: KUBECTL,
    ssh: REMOTE_SHELL,
    mosh: REMOTE_SHELL,
    pdsh: HOST_LIST,
    pssh: HOST_LIST,
    clush: HOST_LIST,
    srun: SLURM,
    sbatch: SLURM,
    salloc: SLURM,
    torchrun: { switches: options("--standalone --no-python --no_python --run-path --run_path -m --module") },
    mpirun: { valued: options("-np -n -c -H --host -hostfile --hostfile -x --bind-to --map-by -N") },
    nsys: { verbs: { profile: { valued: options("-o -t -s -c -w -d -e -f -y --output --trace --sample") } } },
    conda: { verbs: { run: { valued: options("-n --name -p --prefix --cwd") } } },
    mamba: { verbs: { run: { valued: options("-n --name -p --prefix --cwd") } } },
    uv: {
      verbs: {
        run: { valued: options("-p --python --with --extra --group --project --directory --env-file") },
      },
    },
  }),
);
