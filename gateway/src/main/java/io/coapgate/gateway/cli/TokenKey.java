package io.coapgate.gateway.cli;

import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseException;
import io.coapgate.crypto.cose.CoseKey;
import io.coapgate.crypto.cose.DecryptionKey;
import io.coapgate.crypto.cose.EncryptionKey;
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
        return forEachAlgorithm(this::verificationKey).toList();
    }

    /** The key for every algorithm that it may decrypt with; none, if it is not symmetric. */
    List<DecryptionKey> decryptionKeys() {
        return forEachAlgorithm(this::decryptionKey).toList();
    }

    /** The algorithms that it may sign or MAC with, longest tag first. */
    List<CoseAlgorithm> signingAlgorithms() {
        return longestTagFirst(forEachAlgorithm(this::signingKey).map(SigningKey::algorithm));
    }

    /** The algorithms that it may encrypt with, longest tag first. */
    List<CoseAlgorithm> encryptionAlgorithms() {
        return longestTagFirst(forEachAlgorithm(this::encryptionKey).map(EncryptionKey::algorithm));
    }

    SigningKey signingKey(CoseAlgorithm algorithm) throws CoseException {
        SigningKey key;
        if (cose.isPresent()) {
            key = cose.get().signingKey(algorithm);
        } else {
            key = secret.isPresent()
                    ? SigningKey.of(algorithm, secret.get())
                    : SigningKey.of(algorithm, privateKey.orElseThrow(() -> refused("a public key does not sign")));
        }
        return kid.map(key::withKeyId).orElse(key);
    }

    EncryptionKey encryptionKey(CoseAlgorithm algorithm) throws CoseException {
        EncryptionKey key = cose.isPresent()
                ? cose.get().encryptionKey(algorithm)
                : EncryptionKey.of(algorithm, secret.orElseThrow(() -> refused("only a symmetric key encrypts")));
        return kid.map(key::withKeyId).orElse(key);
    }

    /** What a {@code cnf} may carry: the public key, or the secret. */
    CoseKey confirmationKey() throws CoseException {
        CoseKey key =
                secret.isPresent() ? CoseKey.ofSecret(secret.get()) : CoseKey.ofPublicKey(publicKey.orElseThrow());
        return kid.map(key::withKeyId).orElse(key);
    }

    private VerificationKey verificationKey(CoseAlgorithm algorithm) throws CoseException {
        VerificationKey key;
        if (cose.isPresent()) {
            key = cose.get().verificationKey(algorithm);
        } else {
            key = secret.isPresent()
                    ? VerificationKey.of(algorithm, secret.get())
                    : VerificationKey.of(algorithm, publicKey.orElseThrow());
        }
        return kid.map(key::withKeyId).orElse(key);
    }

    private DecryptionKey decryptionKey(CoseAlgorithm algorithm) throws CoseException {
        DecryptionKey key = cose.isPresent()
                ? cose.get().decryptionKey(algorithm)
                : DecryptionKey.of(algorithm, secret.orElseThrow(() -> refused("only a symmetric key decrypts")));
        return kid.map(key::withKeyId).orElse(key);
    }

    private static CoseException refused(String message) {
        return new CoseException(CoseException.Reason.KEY_USE_REFUSED, message);
    }

    private static List<CoseAlgorithm> longestTagFirst(Stream<CoseAlgorithm> algorithms) {
        return algorithms
                .sorted(Comparator.comparing(CoseAlgorithm::tagLength).reversed())
                .toList();
    }

    private static <K> Stream<K> forEachAlgorithm(Use<K> use) {
        return Arrays.stream(CoseAlgorithm.values()).flatMap(algorithm -> {
            try {
                return Stream.of(use.with(algorithm));
            } catch (CoseException e) {
                return Stream.empty(); // not a key for this algorithm
            }
        });
    }

    /** Something that a key may not be for. */
    private interface Use<K> {
        K with(CoseAlgorithm algorithm) throws CoseException;
    }
}
