package io.coapgate.crypto.bench;

import COSE.Message;
import COSE.MessageTag;
import COSE.OneKey;
import COSE.Sign1Message;
import com.authlete.cbor.CBORDecoder;
import com.authlete.cbor.CBORTaggedItem;
import com.authlete.cose.COSESign1;
import com.authlete.cose.COSEVerifier;
import io.coapgate.crypto.cose.CoseAlgorithm;
import io.coapgate.crypto.cose.CoseMessage;
import io.coapgate.crypto.cose.CoseSign1;
import io.coapgate.crypto.cose.SigningKey;
import io.coapgate.crypto.cose.VerificationKey;
import io.coapgate.crypto.key.KeyId;
import java.security.KeyPair;
import java.security.Signature;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** A COSE_Sign1 over 200 bytes. */
public class VerifySign1 extends Operation {

    @Param({"ES256", "EDDSA"})
    public CoseAlgorithm algorithm = CoseAlgorithm.ES256;

    private byte[] message = {};
    private byte[] authenticated = {};
    private byte[] signed = {};
    private Signature signature;
    private VerificationKey key;
    private OneKey coseJavaKey;
    private COSEVerifier authleteVerifier;

    @Override
    void prepare() throws Exception {
        KeyPair pair = Keys.pair(algorithm);
        SigningKey maker = SigningKey.of(algorithm, pair.getPrivate()).withKeyId(KeyId.ofUtf8("key-1"));
        byte[] payload = bytes(200);
        message = CoseSign1.create(maker, payload, CoseMessage.NO_AAD);
        key = VerificationKey.of(algorithm, pair.getPublic());
        authenticated = Structures.authenticated("Signature1", algorithm, payload);
        signed = Keys.sign(algorithm, pair, authenticated);
        signature = Keys.signature(algorithm);
        signature.initVerify(pair.getPublic());
        coseJavaKey = Keys.coseJava(pair.getPublic());
        authleteVerifier = new COSEVerifier(pair.getPublic());
    }

    @Benchmark
    public void floor() throws Exception {
        signature.update(authenticated);
        require(signature.verify(signed));
    }

    @Benchmark
    public byte[] coapgate() throws Exception {
        return CoseSign1.decode(message, MAX_BYTES).verify(key, CoseMessage.NO_AAD);
    }

    @Benchmark
    public byte[] coseJava() throws Exception {
        Sign1Message decoded = (Sign1Message) Message.DecodeFromBytes(message, MessageTag.Sign1);
        require(decoded.validate(coseJavaKey));
        return decoded.GetContent();
    }

    @Benchmark
    public Object authlete() throws Exception {
        CBORTaggedItem tagged = (CBORTaggedItem) new CBORDecoder(message).next();
        COSESign1 decoded = (COSESign1) tagged.getTagContent();
        require(authleteVerifier.verify(decoded));
        return decoded.getPayload();
    }
}
