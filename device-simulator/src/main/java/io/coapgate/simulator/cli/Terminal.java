package io.coapgate.simulator.cli;

import java.io.Console;
import java.lang.reflect.Method;
import java.util.Optional;

/** Whether a human is watching. */
final class Terminal {
    private Terminal() {}

    /** True if standard input and output are a terminal that takes control codes. */
    static boolean isPresent() {
        String type = System.getenv("TERM");
        return type != null
                && !type.equals("dumb")
                && Optional.ofNullable(System.console())
                        .filter(Terminal::isTerminal)
                        .isPresent();
    }

    /** From JDK 22 on there is a console even when output is redirected, and a method that tells. */
    private static boolean isTerminal(Console console) {
        try {
            Method method = Console.class.getMethod("isTerminal");
            return (Boolean) method.invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
