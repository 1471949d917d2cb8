package io.coapgate.crypto.cose;

import static io.coapgate.crypto.cose.CoseException.Reason.INVALID_KEY;
import static io.coapgate.crypto.cose.CoseException.Reason.KEY_USE_REFUSED;

import io.coapgate.crypto.cose.CoseKey.Operation;
import io.coapgate.crypto.key.KeyId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The parameters that all COSE keys share (RFC 9052 §7.1): what may be done with the key, and its name. */
record KeyParameters(
        CoseKey.Type type,
        @Nullable CoseAlgorithm algorithm,
        Set<Operation> operations,
        @Nullable KeyId keyId) {

    KeyParameters {
        operations = Set.copyOf(operations);
    }

    static KeyParameters none(CoseKey.Type type) {
        return new KeyParameters(type, null, Set.of(), null);
    }

    /** Refuses an algorithm that is not for this type of key, or that none of the operations belongs to. */
    static KeyParameters checked(
            CoseKey.Type type, @Nullable CoseAlgorithm algorithm, Set<Operation> operations, @Nullable KeyId keyId)
            throws CoseException {
        if (algorithm != null && typeOf(algorithm) != type) {
            throw new CoseException(INVALID_KEY, "a key of a type that its algorithm does not use");
        }
        if (algorithm != null
                && !operations.isEmpty()
                && !operationsOf(algorithm).containsAll(operations)) {
            throw new CoseException(INVALID_KEY, "key operations that the key's algorithm does not have");
        }
        return new KeyParameters(type, algorithm, operations, keyId);
    }

    KeyParameters withKeyId(KeyId kid) {
        return new KeyParameters(type, algorithm, operations, kid);
    }

    KeyParameters withAlgorithm(CoseAlgorithm only) throws CoseException {
        requireAlgorithm(only);
        return checked(type, only, operations, keyId);
    }

    void requireUse(CoseAlgorithm wanted, Operation ofSignature, Operation ofMac) throws CoseException {
        requireAlgorithm(wanted);
        Operation operation = wanted.kind() == CoseAlgorithm.Kind.SIGNATURE ? ofSignature : ofMac;
        if (!operations.isEmpty() && !operations.contains(operation)) {
            throw new CoseException(KEY_USE_REFUSED, "the key's operations do not allow this use");
        }
    }

    private void requireAlgorithm(CoseAlgorithm wanted) throws CoseException {
        if (typeOf(wanted) != type || (algorithm != null && algorithm != wanted)) {
            throw new CoseException(KEY_USE_REFUSED, "the key is for another algorithm");
        }
    }

    private static CoseKey.Type typeOf(CoseAlgorithm algorithm) {
        return switch (algorithm) {
            case ES256 -> CoseKey.Type.EC2;
            case EDDSA -> CoseKey.Type.OKP;
            case HMAC_256_64, HMAC_256_256 -> CoseKey.Type.SYMMETRIC;
        };
    }

    private static Set<Operation> operationsOf(CoseAlgorithm algorithm) {
        return switch (algorithm.kind()) {
            case SIGNATURE -> Set.of(Operation.SIGN, Operation.VERIFY);
            case MAC -> Set.of(Operation.MAC_CREATE, Operation.MAC_VERIFY);
        };
    }

    @Override
    public String toString() {
        return type + (algorithm == null ? "" : ", " + algorithm) + (keyId == null ? "" : ", kid " + keyId);
    }
}
