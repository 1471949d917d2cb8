package io.coapgate.gateway.config;

import java.io.IOException;
import java.nio.file.Path;

/** A line of a file in the state directory is not as it was written. */
final class CorruptLinesException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long line;

    CorruptLinesException(Path file, long line) {
        super(file.getFileName() + ", line " + line + ", is not as it was written");
        this.line = line;
    }

    /** Counted from 1. */
    int line() {
        return (int) Math.min(line, Integer.MAX_VALUE);
    }
}
