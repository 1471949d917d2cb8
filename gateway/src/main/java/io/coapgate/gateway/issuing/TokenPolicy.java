package io.coapgate.gateway.issuing;

import static java.util.Objects.requireNonNull;

import io.coapgate.gateway.authz.RouteTable;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * In whose name tokens are issued, and whom for.
 *
 * @param issuer the {@code iss} of all tokens; no device has this name
 * @param audiences the first is meant by requests that name none
 * @param routes of the gateway itself, by which it knows what its scopes mean
 * @param numbers of the tokens for audiences that have them numbered
 */
public record TokenPolicy(String issuer, List<TokenAudience> audiences, RouteTable routes, TokenNumbers numbers) {
    public TokenPolicy {
        if (issuer.isEmpty()) {
            throw new IllegalArgumentException("an issuer has a name");
        }
        requireNonNull(routes, "routes");
        requireNonNull(numbers, "numbers");
        audiences = List.copyOf(audiences);
        Set<String> names = new HashSet<>();
        audiences.forEach(audience -> names.add(audience.name()));
        if (audiences.isEmpty() || names.size() < audiences.size()) {
            throw new IllegalArgumentException("there is one audience at least, and each has a name of its own");
        }
    }

    /** Without an audience that has its tokens numbered. */
    public TokenPolicy(String issuer, List<TokenAudience> audiences, RouteTable routes) {
        this(issuer, audiences, routes, TokenNumbers.NONE);
    }

    public TokenPolicy withNumbers(TokenNumbers other) {
        return new TokenPolicy(issuer, audiences, routes, other);
    }

    /** Whether some audience has its tokens numbered. */
    public boolean needsNumbers() {
        return audiences.stream().anyMatch(audience -> audience.numbering().isPresent());
    }

    /** The audience of a request. */
    Optional<TokenAudience> audience(Optional<String> asked) {
        return audiences.stream()
                .filter(audience -> asked.isEmpty() || asked.get().equals(audience.name()))
                .findFirst();
    }
}
