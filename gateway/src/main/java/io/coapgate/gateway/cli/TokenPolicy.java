package io.coapgate.gateway.cli;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.RecipientKey;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.cwt.CwtPolicy;
import io.coapgate.crypto.cwt.IssuerDecryptionKey;
import io.coapgate.crypto.inspect.DecryptionKeys;
import io.coapgate.gateway.config.GatewayConfig;
import io.coapgate.gateway.token.ExpiresInSettings;
import io.coapgate.gateway.token.TrustedIssuer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a token is judged by: a gateway's defaults, its configuration if there is one, and what the command line says.
 *
 * @param keys tried instead of the configured issuers' keys for the same algorithms
 */
record TokenPolicy(Optional<String> audience, List<TokenKey> keys, Optional<GatewayConfig> config, Instant now) {

    private static final String ANYBODY = "any audience";

    boolean judgesAudience() {
        return audience.isPresent() || config.isPresent();
    }

    CwtPolicy cwt() {
        CwtPolicy policy =
                config.map(loaded -> loaded.admission().policy()).orElseGet(() -> CwtPolicy.forAudience(ANYBODY));
        return audience.map(name -> new CwtPolicy(
                        Set.of(name),
                        policy.leeway(),
                        policy.maxLifetime(),
                        policy.maxBytes(),
                        policy.requireIssuedAt(),
                        policy.acceptExpiresIn()))
                .orElse(policy);
    }

    /** The same for the tokens of one issuer, which may be one whose tokens may live from their arrival on. */
    CwtPolicy cwtOf(Optional<String> issuer) {
        CwtPolicy policy = cwt();
        return new CwtPolicy(
                policy.audiences(),
                policy.leeway(),
                policy.maxLifetime(),
                policy.maxBytes(),
                policy.requireIssuedAt(),
                issuer.flatMap(this::expiresIn).isPresent());
    }

    /** How the issuer's tokens that live from their arrival on count, if they do. */
    Optional<ExpiresInSettings> expiresIn(String issuer) {
        return config.flatMap(loaded -> Optional.ofNullable(loaded.expiresIn().get(issuer)));
    }

    /** Whether devices may issue their own tokens; so it is by default. */
    boolean allowsSelfIssued() {
        return config.map(loaded -> loaded.admission().selfIssued()).orElse(true);
    }

    /** What the configuration has of this issuer. */
    Optional<TrustedIssuer> configured(String issuer) {
        return issuers().filter(trusted -> trusted.name().equals(issuer)).findFirst();
    }

    /** The keys for signatures and MACs of this issuer. */
    List<VerificationKey> verificationKeys(String issuer) {
        List<VerificationKey> given =
                keys.stream().flatMap(key -> key.verificationKeys().stream()).toList();
        return completed(
                given, configured(issuer).stream().flatMap(one -> one.verificationKeys().stream()), key -> key);
    }

    /** The keys that decrypt, all of them if there is a configuration; those that were given are taken for this issuer's. */
    DecryptionKeys decryptionKeys(String issuer) {
        List<IssuerDecryptionKey> given = keys.stream()
                .flatMap(key -> key.decryptionKeys().stream())
                .map(key -> new IssuerDecryptionKey(issuer, key))
                .toList();
        Stream<IssuerDecryptionKey> configured = issuers()
                .flatMap(one -> one.decryptionKeys().stream().map(key -> new IssuerDecryptionKey(one.name(), key)));
        return new DecryptionKeys(completed(given, configured, IssuerDecryptionKey::key), config.isPresent());
    }

    private Stream<TrustedIssuer> issuers() {
        return config.stream().flatMap(loaded -> loaded.admission().issuers().stream());
    }

    /** These keys, and of the others those for algorithms that none of these is for. */
    private static <K> List<K> completed(List<K> given, Stream<K> others, Function<K, RecipientKey> keyOf) {
        Set<CoseAlgorithm> algorithms =
                given.stream().map(one -> keyOf.apply(one).algorithm()).collect(Collectors.toSet());
        return Stream.concat(
                        given.stream(),
                        others.filter(
                                one -> !algorithms.contains(keyOf.apply(one).algorithm())))
                .toList();
    }
}
