package io.coapgate.simulator.bench;

import java.util.Arrays;
import java.util.List;

/** Who can be measured. What all but {@link #LOCAL} do with a request is forward it to the same service. */
public enum Contender {
    /** A bare Californium server that answers 2.04 itself. */
    LOCAL("local", BareServer.class.getName()),
    /** The same server with a hand-written HTTP loop: the least that forwarding can cost. */
    FLOOR("floor", BareServer.class.getName()),
    /** Only where the tests' class path is. */
    PROXY2("proxy2", "io.coapgate.simulator.bench.Proxy2Server"),
    COAPGATE("coapgate", "");

    private final String title;
    private final String program;

    Contender(String title, String program) {
        this.title = title;
        this.program = program;
    }

    /** For tables. */
    String title() {
        return title;
    }

    /** The class whose main method is to be run, unless it is the gateway. */
    String program() {
        return program;
    }

    boolean forwards() {
        return this != LOCAL;
    }

    /** Those whose program is on the class path, in the order in which they take turns. */
    public static List<Contender> available() {
        ClassLoader classes = Contender.class.getClassLoader();
        return Arrays.stream(values())
                .filter(one -> one == COAPGATE || classes.getResource(one.program.replace('.', '/') + ".class") != null)
                .toList();
    }
}
