package io.coapgate.gateway.config;

import java.util.List;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** What usually lies behind a fault of syntax. The texts are ours, because the library's may quote the file. */
final class YamlFaults {
    private static final List<Fault> KNOWN = List.of(
            new Fault("\\t", "indent with spaces, not with tabs"),
            new Fault("could not find expected ':'", "a key needs a colon and a space after it"),
            new Fault(
                    "mapping values are not allowed here",
                    "the indentation is off; or a text with a colon in it needs quotes"),
            new Fault("block mapping", "the indentation is off: keys of one section stand in one column"),
            new Fault("block collection", "the indentation is off: the dashes of one list stand in one column"),
            new Fault("flow mapping", "a { needs its }"),
            new Fault("flow sequence", "a [ needs its ]"),
            new Fault("quoted scalar", "a quoted text needs its closing quote"),
            new Fault("cannot start any token", "a text that begins with a special character needs quotes"));

    private YamlFaults() {}

    static String advice(MarkedYamlEngineException fault) {
        String kind = fault.getContext() + " " + fault.getProblem();
        return KNOWN.stream()
                .filter(known -> kind.contains(known.sign()))
                .map(Fault::advice)
                .findFirst()
                .orElse("check the indentation and the quotes around here");
    }

    private record Fault(String sign, String advice) {}
}
