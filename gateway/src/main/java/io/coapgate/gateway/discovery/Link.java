package io.coapgate.gateway.discovery;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.coapgate.gateway.authz.RequestPath;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A resource of the gateway, and what is said of it, RFC 6690 §2.
 *
 * @param target a definite path; devices get it as a reference relative to the gateway
 * @param attributes in the order in which they are shown, each name once
 */
public record Link(RequestPath target, List<LinkAttribute> attributes) {
    private static final String HREF = "href";

    public Link {
        requireNonNull(target, "target");
        attributes = List.copyOf(attributes);
        Set<String> names = new HashSet<>(Set.of(HREF));
        if (!attributes.stream().allMatch(attribute -> names.add(attribute.name()))) {
            throw new IllegalArgumentException("a link has each attribute once, and none called " + HREF);
        }
    }

    /** The values that a search for this name compares with, RFC 6690 §4.1; none if the link has no such attribute. */
    Stream<String> searchable(String name) {
        return name.equals(HREF)
                ? Stream.of(target.encoded())
                : attributes.stream()
                        .filter(attribute -> attribute.name().equals(name))
                        .flatMap(LinkAttribute::searchable);
    }

    /** A link-value of RFC 6690 §2. */
    public String text() {
        return "<" + target.encoded() + ">"
                + attributes.stream().map(attribute -> ";" + attribute.text()).collect(joining());
    }
}
