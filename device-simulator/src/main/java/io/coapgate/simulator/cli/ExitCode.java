package io.coapgate.simulator.cli;

/** What the simulator's commands exit with: sysexits where there is a fitting one. */
final class ExitCode {
    static final int OK = 0;
    /** A check failed, or more errors than were allowed. */
    static final int FAILED = 1;
    /** EX_USAGE. */
    static final int USAGE = 64;
    /** EX_DATAERR: a scenario with mistakes. */
    static final int DATA = 65;
    /** EX_UNAVAILABLE: a gateway or service did not start, or could not be reached. */
    static final int UNAVAILABLE = 69;
    /** EX_SOFTWARE. */
    static final int INTERNAL = 70;
    /** EX_CANTCREAT: a file that was to be made is there already. */
    static final int CANNOT_CREATE = 73;

    private ExitCode() {}
}
