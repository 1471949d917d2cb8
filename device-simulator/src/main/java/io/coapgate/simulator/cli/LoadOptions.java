package io.coapgate.simulator.cli;

import io.coapgate.simulator.device.DeviceRequest;
import io.coapgate.simulator.device.Method;
import io.coapgate.simulator.load.LoadPlan;
import io.coapgate.simulator.load.RequestTemplate;
import io.coapgate.simulator.load.Shape;
import io.coapgate.simulator.load.Template;
import io.coapgate.simulator.run.RunRecord;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What is sent, and how often. */
final class LoadOptions {
    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "How long requests are sent: 30s, 5m, or seconds (default: ${DEFAULT-VALUE}).")
    private Duration duration = Duration.ofSeconds(10);

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "100",
            description = "Requests per second of the whole fleet, sent when due whatever happened to the last"
                    + " (default: ${DEFAULT-VALUE}).")
    private double rate = 100;

    @Option(names = "--poisson", description = "As many independent devices send, instead of at equal distances.")
    private boolean poisson;

    @Option(names = "--closed", description = "Each device sends its next request when the last one is answered.")
    private boolean closed;

    @Option(names = "--non", description = "Send them as non-confirmable messages.")
    private boolean nonConfirmable;

    @Option(
            names = "--path",
            defaultValue = "/telemetry/simulated",
            description = "Where to send them; {device}, {n}, {random} and {time} are filled in (default:"
                    + " ${DEFAULT-VALUE}).")
    private String path = "/telemetry/simulated";

    @Option(
            names = "--payload",
            paramLabel = "TEXT",
            defaultValue = "{\"celsius\":21.5}",
            description = "What they hold, JSON, with the same to fill in (default: ${DEFAULT-VALUE}).")
    private String payload = "{\"celsius\":21.5}";

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "15s",
            description = "How long a device waits for an answer (default: ${DEFAULT-VALUE}).")
    private Duration timeout = Duration.ofSeconds(15);

    @Option(
            names = "--max-errors",
            paramLabel = "N",
            defaultValue = "0",
            description = "Exit with 1 if there are more (default: ${DEFAULT-VALUE}).")
    private long maxErrors;

    LoadPlan plan() {
        RequestTemplate request = new RequestTemplate(
                Method.POST, new Template(path), new Template(payload), DeviceRequest.JSON, !nonConfirmable);
        return LoadPlan.of(duration, shape(), request);
    }

    private Shape shape() {
        if (closed) {
            return new Shape.Closed(Duration.ZERO);
        }
        return poisson ? new Shape.Poisson(rate) : new Shape.Constant(rate);
    }

    Duration answerTimeout() {
        return timeout;
    }

    boolean isSatisfiedBy(RunRecord run) {
        return run.results().errors().values().stream()
                        .mapToLong(Long::longValue)
                        .sum()
                <= maxErrors;
    }
}
