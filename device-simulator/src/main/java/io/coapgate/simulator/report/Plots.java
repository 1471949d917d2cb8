package io.coapgate.simulator.report;

import io.coapgate.simulator.report.Plot.Heading;
import io.coapgate.simulator.report.TimePlot.Column;
import io.coapgate.simulator.run.Quantiles;
import io.coapgate.simulator.run.Second;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** Which plots a report has. */
final class Plots {
    private static final TimePlot THROUGHPUT = new TimePlot(
            new Heading(
                    "throughput",
                    "Throughput",
                    "Requests each second. Where answered falls below due, a queue grows somewhere."),
            Unit.PER_SECOND,
            false,
            List.of(
                    column(
                            "due",
                            Tone.GREY,
                            Stroke.DASHED,
                            second -> second.requests().due()),
                    compared("answered", Tone.BLUE, second -> second.requests().answered()),
                    compared("failed", Tone.RED, second -> second.requests().failed())));

    private static final TimePlot LATENCY = new TimePlot(
            new Heading(
                    "latency",
                    "Latency over time",
                    "From when a request was due to its answer, of the requests answered in each second."),
            Unit.MICROS,
            true,
            List.of(
                    new Column("p50", Tone.BLUE, Stroke.SOLID, true, second -> latency(second, Quantiles::p50)),
                    new Column("p90", Tone.GREEN, Stroke.DASHED, false, second -> latency(second, Quantiles::p90)),
                    new Column("p99", Tone.ORANGE, Stroke.SOLID, true, second -> latency(second, Quantiles::p99)),
                    new Column("max", Tone.GREY, Stroke.DOTTED, false, second -> latency(second, Quantiles::max))));

    private static final TimePlot HANDSHAKES = new TimePlot(
            new Heading("handshakes", "Handshakes", "DTLS handshakes that devices began each second."),
            Unit.COUNT,
            false,
            List.of(new Column(
                    "handshakes",
                    Tone.PURPLE,
                    Stroke.BARS,
                    true,
                    second -> second.devices().handshakes())));

    private static final TimePlot DEVICES = new TimePlot(
            new Heading("devices", "Devices up", "Devices with a DTLS session at the end of each second."),
            Unit.COUNT,
            false,
            List.of(compared(
                    "devices up", Tone.GREEN, second -> second.devices().up())));

    private static final TimePlot BYTES = new TimePlot(
            new Heading(
                    "bytes",
                    "Bytes per request",
                    "UDP payload by answered request, handshakes and token uploads included."),
            Unit.BYTES,
            true,
            List.of(
                    new Column(
                            "sent",
                            Tone.BLUE,
                            Stroke.SOLID,
                            true,
                            s -> perRequest(s, s.traffic().bytesOut())),
                    new Column(
                            "received",
                            Tone.ORANGE,
                            Stroke.DASHED,
                            true,
                            s -> perRequest(s, s.traffic().bytesIn()))));

    private static final TimePlot DATAGRAMS = new TimePlot(
            new Heading(
                    "datagrams",
                    "Datagrams per request",
                    "Datagrams by answered request: 1 each way is the least; retransmissions and handshakes add to it."),
            Unit.DATAGRAMS,
            true,
            List.of(
                    new Column(
                            "sent",
                            Tone.BLUE,
                            Stroke.SOLID,
                            true,
                            s -> perRequest(s, s.traffic().datagramsOut())),
                    new Column(
                            "received",
                            Tone.ORANGE,
                            Stroke.DASHED,
                            true,
                            s -> perRequest(s, s.traffic().datagramsIn()))));

    private static final TimePlot PROCESSORS = new TimePlot(
            new Heading(
                    "cpu",
                    "CPU",
                    "Processor cores in use. The simulator's include the service behind a gateway that it started."),
            Unit.CORES,
            false,
            List.of(
                    new Column(
                            "gateway",
                            Tone.BLUE,
                            Stroke.SOLID,
                            true,
                            second -> second.processors().gateway().orElse(Double.NaN)),
                    new Column(
                            "simulator",
                            Tone.GREY,
                            Stroke.DASHED,
                            true,
                            second -> second.processors().simulator())));

    private Plots() {}

    /** In the order of the page, those without any figures left out. */
    static List<Plot> of(List<NamedRun> runs) {
        List<Plot> plots = new ArrayList<>();
        plots.add(THROUGHPUT.of(runs));
        plots.add(LATENCY.of(runs));
        plots.add(DistributionPlot.of(runs));
        plots.add(ErrorPlot.of(runs));
        for (TimePlot plot : List.of(HANDSHAKES, DEVICES, BYTES, DATAGRAMS, PROCESSORS)) {
            plots.add(plot.of(runs));
        }
        return plots.stream().filter(plot -> !plot.series().isEmpty()).toList();
    }

    private static Column column(String label, Tone tone, Stroke stroke, ToLongFunction<Second> figure) {
        return new Column(label, tone, stroke, false, figure::applyAsLong);
    }

    private static Column compared(String label, Tone tone, ToLongFunction<Second> figure) {
        return new Column(label, tone, Stroke.SOLID, true, figure::applyAsLong);
    }

    private static double latency(Second second, ToLongFunction<Quantiles> figure) {
        return second.requests().answered() == 0 ? Double.NaN : figure.applyAsLong(second.latency());
    }

    private static double perRequest(Second second, long total) {
        long answered = second.requests().answered();
        return answered == 0 ? Double.NaN : (double) total / answered;
    }
}
