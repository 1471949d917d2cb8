package io.coapgate.simulator.report;

import io.coapgate.simulator.run.Timeline;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the page's script draws, as JSON that can stand inside a script element. */
final class PlotJson {
    private PlotJson() {}

    /** @param timelines whose marks and phases are drawn; of one run at most, since those of two would be confused */
    static String of(List<Plot> plots, List<Timeline> timelines) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("compared", timelines.isEmpty());
        ArrayNode marks = root.putArray("marks");
        ArrayNode phases = root.putArray("phases");
        if (timelines.size() == 1) {
            timelines.get(0).marks().forEach(mark -> marks.add(mark.t()));
            timelines
                    .get(0)
                    .phases()
                    .forEach(phase -> phases.addObject()
                            .put("name", phase.name())
                            .put("from", phase.from())
                            .put("until", phase.until()));
        }
        ArrayNode array = root.putArray("plots");
        plots.forEach(plot -> add(array.addObject(), plot));
        // No string of ours or theirs can end the element or begin a comment in it.
        return root.toString().replace("<", "\\u003c");
    }

    private static void add(ObjectNode json, Plot plot) {
        json.put("id", plot.heading().id())
                .put("axis", name(plot.axis()))
                .put("unit", name(plot.unit()))
                .put("axisLabel", plot.unit().axis())
                .put("log", plot.logarithmic());
        add(json.putArray("x"), plot.x());
        ArrayNode series = json.putArray("series");
        for (Series line : plot.series()) {
            ObjectNode object = series.addObject()
                    .put("label", line.label())
                    .put("tone", name(line.tone()))
                    .put("stroke", name(line.stroke()));
            add(object.putArray("values"), line.values());
        }
    }

    private static void add(ArrayNode array, List<Double> values) {
        for (double value : values) {
            if (Double.isFinite(value)) {
                array.add(value);
            } else {
                array.addNull();
            }
        }
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
