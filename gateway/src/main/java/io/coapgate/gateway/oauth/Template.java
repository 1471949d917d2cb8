package io.coapgate.gateway.oauth;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with places that each message fills: <code>{device}</code>, <code>{tenant}</code>, <code>{audience}</code> and
 * <code>{scopes}</code>.
 */
public record Template(String text) {
    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");
    private static final Set<String> KNOWN = Set.of("device", "tenant", "audience", "scopes");

    /** @throws IllegalArgumentException if it has another place, or a brace that is none */
    public Template {
        requireNonNull(text, "text");
        boolean known = PLACE.matcher(text).results().allMatch(place -> KNOWN.contains(place.group(1)));
        String rest = PLACE.matcher(text).replaceAll("");
        if (!known || rest.indexOf('{') >= 0 || rest.indexOf('}') >= 0) {
            throw new IllegalArgumentException("places are {device}, {tenant}, {audience} and {scopes}");
        }
    }

    /** Whether it says something of the device. */
    boolean namesDevice() {
        return text.contains("{device}") || text.contains("{tenant}");
    }

    boolean namesScopes() {
        return text.contains("{scopes}");
    }

    String fill(Ask ask) {
        return PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(value(place.group(1), ask)));
    }

    private static String value(String place, Ask ask) {
        return switch (place) {
            case "audience" -> ask.audience().value();
            case "scopes" -> ask.scopes().text();
            case "device" ->
                ask.subject().map(subject -> subject.device().value()).orElse("");
            default -> ask.subject().map(subject -> subject.tenant().name()).orElse("");
        };
    }
}
