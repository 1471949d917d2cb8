package io.coapgate.gateway.coap;

import org.eclipse.californium.core.coap.CoAP.ResponseCode;
import org.eclipse.californium.core.coap.CoAPMessageFormatException;
import org.eclipse.californium.core.coap.CoAPOptionException;
import org.eclipse.californium.core.coap.Message;
import org.eclipse.californium.core.coap.Option;
import org.eclipse.californium.core.coap.OptionNumberRegistry;
import org.eclipse.californium.core.coap.OptionNumberRegistry.OptionFormat;
import org.eclipse.californium.core.coap.option.OptionDefinition;
import org.eclipse.californium.core.coap.option.StandardOptionRegistry;
import org.eclipse.californium.core.network.serialization.UdpDataParser;
import org.eclipse.californium.elements.util.DatagramReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads the options of one message. An option of a wrong length, and one more of an option that may stand once, count as
 * unknown (RFC 7252 §5.4.3 and §5.4.5): critical ones are refused by 4.02, elective ones left out. Not thread-safe.
 */
final class OptionsParser extends UdpDataParser {
    private static final byte[] MOST = {0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff};
    private static final int NONE = -1;

    private int previousNumber = NONE;
    private boolean refused;

    OptionsParser() {
        super(true, KnownOptions.REGISTRY);
    }

    @Override
    public void parseOptionsAndPayload(DatagramReader reader, Message message) {
        try {
            super.parseOptionsAndPayload(reader, message);
        } catch (IllegalStateException e) { // a block longer than the size that it names: RFC 7959 §2.2
            throw malformed("a block longer than its size", message, ResponseCode.BAD_REQUEST);
        } catch (CoAPMessageFormatException e) {
            boolean framing = e.getErrorCode() == ResponseCode.BAD_OPTION && !refused;
            throw framing ? malformed("broken options or payload", message, null) : e; // null: a Reset, §4.2
        }
    }

    private static CoAPMessageFormatException malformed(
            String description, Message message, @Nullable ResponseCode code) {
        return new CoAPMessageFormatException(
                description, message.getToken(), message.getMID(), message.getRawCode(), message.isConfirmable(), code);
    }

    /** Null leaves the option out. */
    @Override
    public @Nullable Option createOption(int code, int number, byte[] value) {
        OptionDefinition definition = optionRegistry.getDefinitionByNumber(code, number);
        boolean supernumerary = number == previousNumber && definition != null && definition.isSingleValue();
        previousNumber = number;
        if (definition != null && !supernumerary && hasLengthOf(definition, value)) {
            return definition.create(isSize(definition) && value.length == MOST.length && value[0] < 0 ? MOST : value);
        }
        if (OptionNumberRegistry.isCritical(number)) {
            refused = true;
            throw new CoAPOptionException("Option " + number, ResponseCode.BAD_OPTION);
        }
        return null;
    }

    private static boolean hasLengthOf(OptionDefinition definition, byte[] value) {
        byte[] whole = value;
        if (definition.getFormat() == OptionFormat.INTEGER && value.length > 0 && value[0] == 0) {
            whole = value.clone(); // leading zeros are allowed (§3.2), and count
            whole[0] = 1;
        }
        try {
            definition.assertValue(whole);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Sizes of 2 GiB and more are all alike too large, and Californium counts them in an int. */
    private static boolean isSize(OptionDefinition definition) {
        return definition == StandardOptionRegistry.SIZE1 || definition == StandardOptionRegistry.SIZE2;
    }
}
