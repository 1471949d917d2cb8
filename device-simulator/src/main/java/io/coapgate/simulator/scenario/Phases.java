package io.coapgate.simulator.scenario;

import io.coapgate.simulator.load.LoadPhase;
import io.coapgate.simulator.load.Shape;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads a phase: its name, its duration and one shape. */
final class Phases {
    private static final Duration DURATION = Duration.ofSeconds(30);
    private static final String[] SHAPES = {"constant", "poisson", "ramp", "step", "burst", "closed"};

    private Phases() {}

    /** Empty if there is a mistake in it. */
    static Optional<LoadPhase> read(Part part, String defaultName) {
        String name = part.text("name", defaultName);
        Duration duration = part.duration("duration", DURATION);
        List<String> shapes = part.which(SHAPES);
        if (shapes.size() != 1) {
            part.mistake("a phase has one shape; write one of " + String.join(", ", SHAPES));
            part.end();
            return Optional.empty();
        }
        Optional<Shape> shape = shape(part, shapes.get(0));
        return shape.isPresent() ? part.make(() -> new LoadPhase(name, duration, shape.get())) : Optional.empty();
    }

    private static Optional<Shape> shape(Part phase, String kind) {
        return switch (kind) {
            case "constant" ->
                Optional.of(phase.<Shape>value(
                        kind, new Shape.Constant(0), text -> new Shape.Constant(Texts.number(text))));
            case "poisson" ->
                Optional.of(
                        phase.<Shape>value(kind, new Shape.Poisson(0), text -> new Shape.Poisson(Texts.number(text))));
            case "ramp" -> ramp(phase.part(kind));
            case "step" -> step(phase.part(kind));
            case "burst" -> burst(phase.part(kind));
            default -> closed(phase.part(kind));
        };
    }

    private static Optional<Shape> ramp(Part part) {
        double from = part.number("from", 0);
        double to = part.number("to", 0);
        return part.make(() -> new Shape.Ramp(from, to));
    }

    private static Optional<Shape> step(Part part) {
        double from = part.number("from", 0);
        double to = part.number("to", 0);
        int steps = part.integer("steps", 2);
        return part.make(() -> new Shape.Step(from, to, steps));
    }

    private static Optional<Shape> burst(Part part) {
        int size = part.integer("size", 1);
        Duration every = part.duration("every", Duration.ofSeconds(1));
        return part.make(() -> new Shape.Burst(size, every));
    }

    private static Optional<Shape> closed(Part part) {
        Duration thinkTime = part.duration("think-time", Duration.ZERO);
        return part.make(() -> new Shape.Closed(thinkTime));
    }
}
