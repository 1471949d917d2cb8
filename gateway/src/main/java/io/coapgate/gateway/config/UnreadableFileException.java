package io.coapgate.gateway.config;

import java.nio.file.Path;

/** A file that can't be used: why, and what to do about it, without its content. */
final class UnreadableFileException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;
    private final String advice;

    UnreadableFileException(Path file, String reason, String advice) {
        super(file + " " + reason, null, false, false);
        this.reason = reason;
        this.advice = advice;
    }

    /** Without the file's name, for where that is told already. */
    String reason() {
        return reason;
    }

    String advice() {
        return advice;
    }

    /** With the file's name. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
