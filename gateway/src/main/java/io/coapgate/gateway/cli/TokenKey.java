package io.coapgate.gateway.cli;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cose.SigningKey;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A key that was named on the command line. It never shows a private or secret part.
 *
 * @param cose the key, if it was a COSE_Key, whose {@code alg} and {@code key_ops} count
 * @param publicKey absent from a symmetric key
 * @param kid the key's own identifier, if it has one
 */
record TokenKey(
        Optional<CoseKey> cose,
        Optional<PublicKey> publicKey,
        Optional<PrivateKey> privateKey,
        Optional<SecretBytes> secret,
        Optional<KeyId> kid) {

    static TokenKey of(CoseKey key) {
        return new TokenKey(Optional.of(key), key.publicKey(), key.privateKey(), key.secret(), key.keyId());
    }

    static TokenKey of(PublicKey key) {
        return new TokenKey(Optional.empty(), Optional.of(key), Optional.empty(), Optional.empty(), Optional.empty());
    }

    static TokenKey of(KeyPair pair) {
        return new TokenKey(
                Optional.empty(),
                Optional.of(pair.getPublic()),
                Optional.of(pair.getPrivate()),
                Optional.empty(),
                Optional.empty());
    }

    static TokenKey of(SecretBytes secret) {
        return new TokenKey(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(secret), Optional.empty());
    }

    TokenKey withKeyId(Optional<KeyId> other) {
        return new TokenKey(cose, publicKey, privateKey, secret, other);
    }

    /** The key for every algorithm that it may verify with. */
    List<VerificationKey> verificationKeys() {
        return Arrays.stream(CoseAlgorithm.values())
                .flatMap(algorithm -> attempt(() -> verificationKey(algorithm)))
                .map(key -> kid.map(key::withKeyId).orElse(key))
                .toList();
    }

    /** The algorithms that it may sign or MAC with, longest tag first. */
    List<CoseAlgorithm> signingAlgorithms() {
        return Arrays.stream(CoseAlgorithm.values())
                .filter(algorithm ->
                        attempt(() -> signingKey(algorithm)).findAny().isPresent())
                .sorted(Comparator.comparing(CoseAlgorithm::tagLength).reversed())
                .toList();
    }

    SigningKey signingKey(CoseAlgorithm algorithm) throws CoseException {
        if (cose.isPresent()) {
            return cose.get().signingKey(algorithm);
        }
        if (secret.isPresent()) {
            return SigningKey.of(algorithm, secret.get());
        }
        return SigningKey.of(
                algorithm,
                privateKey.orElseThrow(
                        () -> new CoseException(CoseException.Reason.KEY_USE_REFUSED, "a public key does not sign")));
    }

    /** What a {@code cnf} may carry: the public key, or the secret. */
    CoseKey confirmationKey() throws CoseException {
        CoseKey key =
                secret.isPresent() ? CoseKey.ofSecret(secret.get()) : CoseKey.ofPublicKey(publicKey.orElseThrow());
        return kid.map(key::withKeyId).orElse(key);
    }

    private VerificationKey verificationKey(CoseAlgorithm algorithm) throws CoseException {
        if (cose.isPresent()) {
            return cose.get().verificationKey(algorithm);
        }
        return secret.isPresent()
                ? VerificationKey.of(algorithm, secret.get())
                : VerificationKey.of(algorithm, publicKey.orElseThrow());
    }

    private static <T> Stream<T> attempt(Attempt<T> attempt) {
        try {
            return Stream.of(attempt.get());
        } catch (CoseException e) {
            return Stream.empty(); // not a key for this algorithm
        }
    }

    /** Something that a key may not be for. */
    private interface Attempt<T> {
        T get() throws CoseException;
    }
}
