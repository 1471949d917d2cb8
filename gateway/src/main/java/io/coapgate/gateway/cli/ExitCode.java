package io.coapgate.gateway.cli;

/** The exit codes of sysexits(3) that the commands use. */
final class ExitCode {
    static final int OK = 0;
    /** A token that was looked into would be refused; grep and diff answer 1 for such a no, too. */
    static final int REFUSED = 1;
    /** The command line is wrong. */
    static final int USAGE = 64;
    /** The input is not what it should be. */
    static final int DATA = 65;
    /** A fault of the program or of its surroundings. */
    static final int INTERNAL = 70;
    /** A file that was to be made is there, or can't be written. */
    static final int CANNOT_CREATE = 73;
    /** The configuration is wrong. */
    static final int CONFIG = 78;

    private ExitCode() {}
}
