/** Keys of unit files and their sections (systemd.unit(5), systemd.service(5), systemd.exec(5)). */

const KEYS: Readonly<Record<string, string>> = {
  Unit: "Description Documentation Wants Requires Requisite BindsTo PartOf Upholds Conflicts Before After OnFailure",
  Service:
    "Type ExecStart ExecStartPre ExecStartPost ExecCondition ExecReload ExecStop ExecStopPost Restart RestartSec TimeoutSec TimeoutStartSec TimeoutStopSec RemainAfterExit PIDFile Environment EnvironmentFile PassEnvironment UnsetEnvironment User Group WorkingDirectory StandardOutput StandardError SyslogIdentifier LimitNOFILE LimitMEMLOCK LimitNPROC KillMode KillSignal Nice",
  Install: "WantedBy RequiredBy UpheldBy Alias Also DefaultInstance",
};

const SECTIONS: ReadonlyMap<string, string> = new Map(
  Object.entries(KEYS).flatMap(([section, keys]) => keys.split(" ").map((key) => [key, section] as const)),
);

/** The section of a service unit that a key belongs to; undefined for an unknown key. */
export function sectionOfKey(key: string): string | undefined {
  return SECTIONS.get(key);
}

/** The variables that systemd itself sets for a service (systemd.exec(5)). */
const SET_BY_SYSTEMD =
  /^(?:PATH|LANG|USER|LOGNAME|HOME|SHELL|TERM|INVOCATION_ID|XDG_RUNTIME_DIR|MAINPID|MANAGERPID|PIDFILE|NOTIFY_SOCKET|JOURNAL_STREAM|SYSTEMD_EXEC_PID|SERVICE_RESULT|EXIT_CODE|EXIT_STATUS|LC_\w+|(?:RUNTIME|STATE|CACHE|LOGS|CONFIGURATION|CREDENTIALS)_DIRECTORY|LISTEN_\w+|WATCHDOG_\w+|MONITOR_\w+|REMOTE_\w+|TRIGGER_\w+|MEMORY_PRESSURE_\w+)$/;

/** Whether systemd sets a variable that no line of the unit sets. */
export function isSetBySystemd(name: string): boolean {
  return SET_BY_SYSTEMD.test(name);
}
