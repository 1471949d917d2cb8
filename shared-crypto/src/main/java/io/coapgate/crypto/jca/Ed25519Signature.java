package io.coapgate.crypto.jca;

import io.coapgate.crypto.key.Ed25519;
import io.coapgate.crypto.key.KeyFormatException;
import java.io.ByteArrayOutputStream;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Pure Ed25519 (RFC 8032 §5.1) as JCA wants it. Like every {@code Signature}, for one thread at a time.
 *
 * <p>The message is collected, since Ed25519 reads it twice, and let go of with each signature made or verified.
 */
final class Ed25519Signature extends SignatureSpi {

    private Message message = new Message();
    private @Nullable Ed25519Signer signer;
    private @Nullable Ed25519Verifier verifier;

    @Override
    protected void engineInitSign(@Nullable PrivateKey key) throws InvalidKeyException {
        forget();
        try {
            signer = new Ed25519Signer(Ed25519.seed(standard(key)));
        } catch (KeyFormatException e) {
            throw new InvalidKeyException(e.getMessage(), e);
        }
    }

    @Override
    protected void engineInitVerify(@Nullable PublicKey key) throws InvalidKeyException {
        forget();
        try {
            verifier = new Ed25519Verifier(Ed25519.bytes(standard(key)));
        } catch (KeyFormatException e) {
            throw new InvalidKeyException(e.getMessage(), e);
        }
    }

    private void forget() {
        message = new Message();
        verifier = null;
        if (signer != null) {
            signer.destroy();
            signer = null;
        }
    }

    private static <K> K standard(@Nullable K key) throws InvalidKeyException {
        if (key == null) {
            throw new InvalidKeyException("no key");
        }
        return key;
    }

    @Override
    protected void engineUpdate(byte octet) {
        message.write(octet);
    }

    @Override
    protected void engineUpdate(byte[] bytes, int offset, int length) {
        message.write(bytes, offset, length);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
        Message signed = takeMessage();
        if (signer == null) {
            throw new SignatureException("not initialized for signing");
        }
        return signer.sign(signed.buffer(), signed.size());
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
        Message signed = takeMessage();
        if (verifier == null) {
            throw new SignatureException("not initialized for verification");
        }
        return verifier.accepts(signed.buffer(), signed.size(), signature);
    }

    private Message takeMessage() {
        Message taken = message;
        message = new Message();
        return taken;
    }

    @Override
    protected void engineSetParameter(@Nullable AlgorithmParameterSpec parameters)
            throws InvalidAlgorithmParameterException {
        if (parameters != null) {
            throw new InvalidAlgorithmParameterException("pure Ed25519 has no parameters");
        }
    }

    @Override
    protected @Nullable AlgorithmParameters engineGetParameters() {
        return null; // as JCA has it for an algorithm that has none
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
        throw new InvalidParameterException("pure Ed25519 has no parameters");
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
        throw new InvalidParameterException("pure Ed25519 has no parameters");
    }

    /** The bytes so far, without another copy of them. */
    private static final class Message extends ByteArrayOutputStream {
        byte[] buffer() {
            return buf;
        }
    }
}
