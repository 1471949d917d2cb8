package io.coapgate.crypto.cose;

import io.coapgate.crypto.cose.CoseEnvelope.Structure;
import io.coapgate.crypto.key.KeyId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the form that almost every message has straight from its bytes: only the algorithm is protected, and only a key
 * identifier and what an encrypted message needs for its nonce are not.
 *
 * <p>It never refuses. Whatever differs in any way, were it only a type or a length, is left to the reader of the general
 * form, whose refusals are thus the only ones; what is accepted here that one would read alike.
 */
final class PlainForm {

    private final Structure structure;
    private final CborCursor cursor;
    private @Nullable KeyId keyId;
    private byte @Nullable [] iv;
    private byte @Nullable [] partialIv;

    private PlainForm(Structure structure, CborCursor cursor) {
        this.structure = structure;
        this.cursor = cursor;
    }

    /** The message, of which {@link CborScan} has seen what follows the tag; empty if it is of the general form. */
    static Optional<CoseEnvelope> read(Structure structure, byte[] scanned) {
        return Optional.ofNullable(new PlainForm(structure, new CborCursor(scanned, 1)).read());
    }

    private @Nullable CoseEnvelope read() {
        byte[] protectedBytes = cursor.arrayOf(structure.parts()) ? cursor.ifBytes() : null;
        if (protectedBytes == null) {
            return null;
        }
        CoseAlgorithm algorithm = AlgorithmHeader.read(protectedBytes, structure.kind());
        if (algorithm == null || !readUnprotected(algorithm)) {
            return null;
        }
        byte[] content = cursor.ifBytes();
        byte[] authenticator = structure == Structure.ENCRYPT0 ? CoseEnvelope.NONE : cursor.ifBytes();
        if (content == null || authenticator == null) {
            return null;
        }
        CoseHeaders headers = new CoseHeaders(algorithm, keyId, iv, partialIv);
        return new CoseEnvelope(structure, headers, protectedBytes, content, authenticator);
    }

    /** Each parameter at most once, and an IV in exactly one form where there has to be one. */
    private boolean readUnprotected(CoseAlgorithm algorithm) {
        for (int pairs = cursor.ifMap(); pairs != 0; pairs--) {
            if (pairs < 0 || !readParameter(cursor.ifSmall(), cursor.ifBytes(), algorithm.nonceLength())) {
                return false;
            }
        }
        return algorithm.nonceLength() == 0 || (iv == null) != (partialIv == null);
    }

    private boolean readParameter(int label, byte @Nullable [] value, int nonceLength) {
        if (value == null) {
            return false;
        }
        if (label == HeaderReader.KID && keyId == null && KeyId.isValid(value)) {
            keyId = KeyId.of(value);
            return true;
        }
        if (label == HeaderReader.IV && iv == null && nonceLength > 0 && value.length == nonceLength) {
            iv = value;
            return true;
        }
        if (label == HeaderReader.PARTIAL_IV && partialIv == null && value.length <= nonceLength && nonceLength > 0) {
            partialIv = value;
            return true;
        }
        return false;
    }
}
