package io.coapgate.simulator.run;

import java.io.IOException;

/** A file that holds no run's record; the message names the file and the place, and says what is wrong. */
public final class RunFileException extends IOException {
    private static final long serialVersionUID = 1L;

    RunFileException(String message) {
        super(message);
    }

    RunFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
