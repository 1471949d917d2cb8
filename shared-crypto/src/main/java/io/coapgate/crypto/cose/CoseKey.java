package io.coapgate.crypto.cose;

import static io.coapgate.crypto.cose.CoseException.Reason.INVALID_KEY;
import static io.coapgate.crypto.cose.CoseException.Reason.KEY_USE_REFUSED;

import com.upokecenter.cbor.CBORObject;
import io.coapgate.crypto.key.KeyId;
import io.coapgate.crypto.key.SecretBytes;
import io.coapgate.crypto.key.Thumbprint;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A COSE_Key (RFC 9052 §7, RFC 9053 §7): EC2 on P-256, P-384 or P-521, OKP with Ed25519, or
 * Symmetric. Immutable.
 *
 * <p>Public points are checked, private parts belong to their public ones, and {@code alg} and {@code key_ops} agree with
 * the key and with each other, or there is no such object. {@link #toString()} shows no private or secret part;
 * {@link #encode()} writes them, if there are any. Parameters that are not known here are dropped.
 */
public final class CoseKey {

    /** More bytes than this no key has here. */
    public static final int MAX_BYTES = 1024;

    private final KeyParameters parameters;
    private final @Nullable PublicKey publicKey;
    private final @Nullable PrivateKey privateKey;
    private final @Nullable SecretBytes secret;

    private CoseKey(
            KeyParameters parameters,
            @Nullable PublicKey publicKey,
            @Nullable PrivateKey privateKey,
            @Nullable SecretBytes secret) {
        this.parameters = parameters;
        this.publicKey = publicKey;
        this.privateKey = privateKey;
        this.secret = secret;
    }

    /** The key types that are supported (RFC 9053 §7). */
    public enum Type {
        OKP(1),
        EC2(2),
        SYMMETRIC(4);

        private final int id;

        Type(int id) {
            this.id = id;
        }

        /** The IANA identifier. */
        public int id() {
            return id;
        }
    }

    /** Decodes one COSE_Key and nothing after it. */
    public static CoseKey decode(byte[] encoded) throws CoseException {
        return ofCbor(StrictCbor.decodeMap(encoded, MAX_BYTES));
    }

    /** Reads a COSE_Key that stands inside another structure, which {@link StrictCbor} decoded. */
    public static CoseKey ofCbor(CBORObject map) throws CoseException {
        return CoseKeyReader.read(map);
    }

    /** The key of this public key, which is on one of the supported curves. */
    public static CoseKey ofPublicKey(PublicKey key) throws CoseException {
        KeyCurve curve = KeyCurve.of(key);
        return of(KeyParameters.none(curve.type()), curve.checked(key), null);
    }

    /** The symmetric key of this secret. */
    public static CoseKey ofSecret(SecretBytes secret) {
        return of(KeyParameters.none(Type.SYMMETRIC), Objects.requireNonNull(secret, "secret"));
    }

    static CoseKey of(KeyParameters parameters, PublicKey publicKey, @Nullable PrivateKey privateKey)
            throws CoseException {
        requireCurve(parameters.algorithm(), publicKey, INVALID_KEY);
        return new CoseKey(parameters, publicKey, privateKey, null);
    }

    private static void requireCurve(
            @Nullable CoseAlgorithm algorithm, PublicKey publicKey, CoseException.Reason reason) throws CoseException {
        if (algorithm != null
                && algorithm.curve().filter(curve -> !curve.isOn(publicKey)).isPresent()) {
            throw new CoseException(reason, "a key on a curve that its algorithm does not use");
        }
    }

    static CoseKey of(KeyParameters parameters, SecretBytes secret) {
        return new CoseKey(parameters, null, null, secret);
    }

    /** The same key with this identifier. */
    public CoseKey withKeyId(KeyId kid) {
        return new CoseKey(parameters.withKeyId(kid), publicKey, privateKey, secret);
    }

    /**
     * The same key, bound to one algorithm.
     *
     * @throws CoseException if the key is not one for this algorithm, or its operations don't fit it
     */
    public CoseKey withAlgorithm(CoseAlgorithm algorithm) throws CoseException {
        KeyParameters bound = parameters.withAlgorithm(algorithm);
        if (publicKey != null) {
            requireCurve(algorithm, publicKey, KEY_USE_REFUSED);
        }
        return new CoseKey(bound, publicKey, privateKey, secret);
    }

    /** The same key without its private part; a symmetric key has nothing else, so it is {@code INVALID_KEY}. */
    public CoseKey publicOnly() throws CoseException {
        if (publicKey == null) {
            throw new CoseException(INVALID_KEY, "a symmetric key has no public part");
        }
        return new CoseKey(parameters, publicKey, null, null);
    }

    public Type type() {
        return parameters.type();
    }

    public Optional<CoseAlgorithm> algorithm() {
        return Optional.ofNullable(parameters.algorithm());
    }

    /** What the key may be used for; everything if the set is empty. */
    public Set<KeyOperation> operations() {
        return parameters.operations();
    }

    public Optional<KeyId> keyId() {
        return Optional.ofNullable(parameters.keyId());
    }

    public Optional<PublicKey> publicKey() {
        return Optional.ofNullable(publicKey);
    }

    public Optional<PrivateKey> privateKey() {
        return Optional.ofNullable(privateKey);
    }

    public Optional<SecretBytes> secret() {
        return Optional.ofNullable(secret);
    }

    /** The curve of a key that has one. */
    KeyCurve curve() {
        try {
            return KeyCurve.of(Objects.requireNonNull(publicKey));
        } catch (CoseException e) {
            throw new IllegalStateException("a key that was checked is on no curve", e);
        }
    }

    /** What nonces under this key have in common (RFC 9052 §7.1, {@code Base IV}); a copy. */
    public Optional<byte[]> baseIv() {
        return Optional.ofNullable(parameters.baseIv()).map(byte[]::clone);
    }

    /**
     * This key for verifying with one algorithm.
     *
     * @throws CoseException {@code KEY_USE_REFUSED} if its {@code alg} or {@code key_ops} says otherwise
     */
    public VerificationKey verificationKey(CoseAlgorithm algorithm) throws CoseException {
        parameters.requireUse(algorithm, KeyOperation.checking(algorithm.kind()));
        VerificationKey key = secret != null
                ? VerificationKey.of(algorithm, secret)
                : VerificationKey.of(algorithm, Objects.requireNonNull(publicKey));
        return parameters.keyId() == null ? key : key.withKeyId(parameters.keyId());
    }

    /**
     * This key for signing, or making MACs, with one algorithm.
     *
     * @throws CoseException {@code KEY_USE_REFUSED} if its {@code alg} or {@code key_ops} says otherwise, or it has no
     *     private part
     */
    public SigningKey signingKey(CoseAlgorithm algorithm) throws CoseException {
        parameters.requireUse(algorithm, KeyOperation.creating(algorithm.kind()));
        if (secret == null && privateKey == null) {
            throw new CoseException(KEY_USE_REFUSED, "a public key does not sign");
        }
        SigningKey key = secret != null
                ? SigningKey.of(algorithm, secret)
                : SigningKey.of(algorithm, Objects.requireNonNull(privateKey));
        return parameters.keyId() == null ? key : key.withKeyId(parameters.keyId());
    }

    /**
     * This key for decrypting with one algorithm, with its Base IV if it has one.
     *
     * @throws CoseException {@code KEY_USE_REFUSED} if its {@code alg} or {@code key_ops} says otherwise;
     *     {@code INVALID_KEY} if the secret or Base IV has another length than the algorithm's
     */
    public DecryptionKey decryptionKey(CoseAlgorithm algorithm) throws CoseException {
        parameters.requireUse(algorithm, KeyOperation.DECRYPT);
        DecryptionKey key = DecryptionKey.of(algorithm, Objects.requireNonNull(secret));
        DecryptionKey named = parameters.keyId() == null ? key : key.withKeyId(parameters.keyId());
        return parameters.baseIv() == null ? named : named.withBaseIv(parameters.baseIv());
    }

    /**
     * This key for encrypting with one algorithm, with its Base IV if it has one.
     *
     * @throws CoseException {@code KEY_USE_REFUSED} if its {@code alg} or {@code key_ops} says otherwise;
     *     {@code INVALID_KEY} if the secret or Base IV has another length than the algorithm's
     */
    public EncryptionKey encryptionKey(CoseAlgorithm algorithm) throws CoseException {
        parameters.requireUse(algorithm, KeyOperation.ENCRYPT);
        EncryptionKey key = EncryptionKey.of(algorithm, Objects.requireNonNull(secret));
        EncryptionKey named = parameters.keyId() == null ? key : key.withKeyId(parameters.keyId());
        return parameters.baseIv() == null ? named : named.withBaseIv(parameters.baseIv());
    }

    /**
     * The key's SHA-256 thumbprint (RFC 9679): over its required public members, in deterministic encoding.
     *
     * <p>That of a symmetric key is over the secret itself: don't publish it unless the secret is a random key.
     */
    public Thumbprint thumbprint() {
        return Thumbprint.ofContent(StrictCbor.encode(CoseKeyWriter.required(this)));
    }

    /** Encodes the key with all that it has, private and secret parts included. */
    public byte[] encode() {
        return StrictCbor.encode(toCbor());
    }

    /** The key as a CBOR map, private and secret parts included, to stand inside another structure. */
    public CBORObject toCbor() {
        return CoseKeyWriter.all(this);
    }

    @Override
    public String toString() {
        return "CoseKey[" + parameters + (privateKey == null ? "" : ", private part withheld")
                + (secret == null ? "" : ", " + secret) + "]";
    }
}
