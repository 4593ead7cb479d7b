package io.jenkins.plugins.awssecrets.engine.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * A configuration file of Jenkins' home as a tree: elements by name, repeated ones as a list, attributes beside them.
 * Documents with a type definition are refused, so that nothing beyond the file is read.
 */
public final class XmlTree {
    private XmlTree() {}

    /** @return empty for what is no XML; the parser's own words might quote it */
    public static Optional<JsonNode> read(byte[] document) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            // The default one prints to standard error.
            builder.setErrorHandler(null);
            Element root = builder.parse(new ByteArrayInputStream(document)).getDocumentElement();
            ObjectNode tree = JsonNodeFactory.instance.objectNode();
            tree.set(name(root), node(root));
            return Optional.of(tree);
        } catch (ParserConfigurationException | SAXException | IOException e) {
            return Optional.empty();
        }
    }

    private static JsonNode node(Element element) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            tree.put(attributes.item(i).getNodeName(), attributes.item(i).getNodeValue());
        }
        boolean leaf = true;
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element below) {
                leaf = false;
                add(tree, name(below), node(below));
            }
        }
        return leaf && tree.isEmpty()
                ? TextNode.valueOf(literal(element.getTextContent().strip()))
                : tree;
    }

    /** In XML a dollar sign and brace mean themselves, in a configuration as code a variable. */
    private static String literal(String text) {
        return text.replace("${", "^${");
    }

    private static void add(ObjectNode tree, String name, JsonNode value) {
        JsonNode before = tree.get(name);
        if (before == null) {
            tree.set(name, value);
        } else if (before.isArray()) {
            tree.withArrayProperty(name).add(value);
        } else {
            tree.putArray(name).add(before).add(value);
        }
    }

    /** XStream writes an underscore twice. */
    private static String name(Element element) {
        return element.getNodeName().replace("__", "_");
    }
}
