package io.coapgate.crypto.cose;

import static io.coapgate.crypto.cose.CoseException.Reason.INVALID_KEY;
import static io.coapgate.crypto.cose.CoseException.Reason.KEY_USE_REFUSED;

import io.coapgate.crypto.key.KeyId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters that all COSE keys share (RFC 9052 §7.1): what may be done with the key, and its name. */
record KeyParameters(
        CoseKey.Type type,
        @Nullable CoseAlgorithm algorithm,
        Set<KeyOperation> operations,
        @Nullable KeyId keyId,
        byte @Nullable [] baseIv) {

    KeyParameters {
        operations = Set.copyOf(operations);
    }

    static KeyParameters none(CoseKey.Type type) {
        return new KeyParameters(type, null, Set.of(), null, null);
    }

    /** Refuses an algorithm that is not for this type of key, or that its operations or Base IV don't belong to. */
    KeyParameters checked() throws CoseException {
        if (algorithm == null) {
            return this;
        }
        if (algorithm.keyType() != type) {
            throw new CoseException(INVALID_KEY, "a key of a type that its algorithm does not use");
        }
        if (!operationsOf(algorithm).containsAll(operations)) {
            throw new CoseException(INVALID_KEY, "key operations that the key's algorithm does not have");
        }
        if (baseIv != null && baseIv.length != algorithm.nonceLength()) {
            throw new CoseException(INVALID_KEY, "a Base IV of another length than the algorithm's IVs");
        }
        return this;
    }

    KeyParameters withKeyId(KeyId kid) {
        return new KeyParameters(type, algorithm, operations, kid, baseIv);
    }

    KeyParameters withAlgorithm(CoseAlgorithm only) throws CoseException {
        requireAlgorithm(only);
        return new KeyParameters(type, only, operations, keyId, baseIv).checked();
    }

    void requireUse(CoseAlgorithm wanted, KeyOperation operation) throws CoseException {
        requireAlgorithm(wanted);
        if (!operationsOf(wanted).contains(operation)) {
            throw new CoseException(KEY_USE_REFUSED, "an algorithm that is not for this use");
        }
        if (!operations.isEmpty() && !operations.contains(operation)) {
            throw new CoseException(KEY_USE_REFUSED, "the key's operations do not allow this use");
        }
    }

    private void requireAlgorithm(CoseAlgorithm wanted) throws CoseException {
        if (wanted.keyType() != type || (algorithm != null && algorithm != wanted)) {
            throw new CoseException(KEY_USE_REFUSED, "the key is for another algorithm");
        }
    }

    private static Set<KeyOperation> operationsOf(CoseAlgorithm algorithm) {
        return switch (algorithm.kind()) {
            case SIGNATURE -> Set.of(KeyOperation.SIGN, KeyOperation.VERIFY);
            case MAC -> Set.of(KeyOperation.MAC_CREATE, KeyOperation.MAC_VERIFY);
            case ENCRYPTION -> Set.of(KeyOperation.ENCRYPT, KeyOperation.DECRYPT);
        };
    }

    @Override
    public String toString() {
        return type + (algorithm == null ? "" : ", " + algorithm) + (keyId == null ? "" : ", kid " + keyId);
    }
}
