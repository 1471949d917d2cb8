package io.coapgate.simulator.cli;

import io.coapgate.simulator.cost.CostRun;
import io.coapgate.simulator.cost.CostTable;
import io.coapgate.simulator.cost.KeyKind;
import io.coapgate.simulator.cost.TokenWay;
import java.io.IOException;
import java.io.PrintStream;
import java.security.GeneralSecurityException;
import java.util.EnumSet;
import picocli.CommandLine.Option;

/** Measures what devices pay. */
final class CostOptions {
    @Option(
            names = "--cost",
            required = true,
            description =
                    "Run no load: measure bytes and datagrams of a cold start, a resumed session and a warm request,"
                            + " by credential and token, on loopback.")
    private boolean cost;

    @Option(
            names = "--max-datagram",
            paramLabel = "BYTES",
            defaultValue = "1232",
            description = "Warn of longer datagrams; the default, 1232, is what IPv6 carries everywhere"
                    + " (RFC 8200 §5: 1280, less the headers of IP and UDP).")
    private int maxDatagram = 1232;

    boolean isGiven() {
        return cost;
    }

    /** Prints the table, then the warnings. */
    void measure(CostRun run, PrintStream out) throws IOException, GeneralSecurityException, InterruptedException {
        CostTable table = new CostTable(
                run.measure(
                        EnumSet.allOf(KeyKind.class),
                        EnumSet.allOf(TokenWay.class),
                        what -> out.println("measuring " + what + " ...")),
                maxDatagram);
        out.println();
        out.print(table.text());
        out.println();
        table.warnings().forEach(warning -> out.println("warning: " + warning));
        out.println(
                "Bytes of UDP payload, both directions together, in so many datagrams. IP and UDP add 28 bytes to each, 48 over"
                        + " IPv6.");
    }
}
