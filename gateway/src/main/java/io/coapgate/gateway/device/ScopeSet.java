package io.coapgate.gateway.device;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * An immutable set of scopes in a canonical order, so that equal sets have equal texts. Its hash and its text are
 * computed once: it is part of the token cache's key.
 */
public final class ScopeSet implements Iterable<Scope> {
    public static final ScopeSet EMPTY = new ScopeSet(List.of());

    private static final int MAX_SCOPES = 64;

    private final List<Scope> scopes;
    private final String text;

    private ScopeSet(List<Scope> sorted) {
        if (sorted.size() > MAX_SCOPES) {
            throw new IllegalArgumentException("more than " + MAX_SCOPES + " scopes");
        }
        this.scopes = sorted;
        this.text = sorted.stream().map(Scope::token).collect(joining(" "));
    }

    public static ScopeSet of(Collection<Scope> scopes) {
        return scopes.isEmpty() ? EMPTY : new ScopeSet(List.copyOf(new TreeSet<>(scopes)));
    }

    public static ScopeSet of(String... tokens) {
        return of(Stream.of(tokens).map(Scope::new).toList());
    }

    /**
     * Reads scope tokens separated by single spaces.
     *
     * @throws IllegalArgumentException if a token breaks the syntax of RFC 6749 §3.3
     */
    public static ScopeSet parse(String text) {
        return text.isEmpty() ? EMPTY : of(text.split(" ", -1));
    }

    public boolean isEmpty() {
        return scopes.isEmpty();
    }

    public boolean contains(Scope scope) {
        return scopes.contains(scope);
    }

    public boolean containsAll(ScopeSet other) {
        return scopes.containsAll(other.scopes);
    }

    public boolean intersects(ScopeSet other) {
        return scopes.stream().anyMatch(other::contains);
    }

    /** The scopes that are in both sets. */
    public ScopeSet intersection(ScopeSet other) {
        if (other.containsAll(this)) {
            return this;
        }
        return of(scopes.stream().filter(other::contains).toList());
    }

    public ScopeSet union(ScopeSet other) {
        if (containsAll(other)) {
            return this;
        }
        return of(Stream.concat(scopes.stream(), other.scopes.stream()).toList());
    }

    /** The tokens in order, separated by single spaces: the form of the {@code scope} claim. */
    public String text() {
        return text;
    }

    @Override
    public Iterator<Scope> iterator() {
        return scopes.iterator();
    }

    @Override
    public boolean equals(Object o) {
        return this == o || (o instanceof ScopeSet other && text.equals(other.text));
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
