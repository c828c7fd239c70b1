import CExpat

/// What an XML text is given to, piece by piece.
class XMLHandler {
    /// Text between tags since it was last cleared, collected only while ``collectsText``.
    final var text: [UInt8] = []
    /// Whether text is wanted now.
    final var collectsText = false
    /// Set to stop reading.
    final var isStopped = false
    /// Elements open now.
    final var depth = 0
    /// Parts of workbooks nest some ten deep; each level costs memory until it is closed.
    final let greatestDepth = 200
    /// Text longer than this in one element is nothing a spreadsheet holds.
    final let longestText = 4_000_000

    /// An element begins; names come without their prefix.
    func start(_ name: String, _ attributes: XMLAttributes) {}
    /// An element ends.
    func end(_ name: String) {}

    /// Takes the collected text.
    final func takeText() -> [UInt8] {
        defer { text.removeAll(keepingCapacity: true) }
        return text
    }
}

/// The attributes of an element.
struct XMLAttributes {
    var list: [(name: String, value: String)]

    /// The value of an attribute, by name without prefix.
    subscript(name: String) -> String? { list.first { $0.name == name }?.value }
}

/// An XML text read in pieces, by expat, which bounds what entities can expand to. One of three files of this module with
/// unsafe code: one handle, owned here, and C texts for the length of a call.
@safe
struct XMLParser: ~Copyable {
    private let handle: XML_Parser
    private let handler: XMLHandler

    /// Reads for a handler; nil only when memory has run out.
    init?(_ handler: XMLHandler) {
        guard let created = unsafe XML_ParserCreate("UTF-8") else { return nil }
        unsafe handle = created
        self.handler = handler
        unsafe XML_SetUserData(handle, Unmanaged.passUnretained(handler).toOpaque())
        unsafe XML_SetElementHandler(handle, Self.startElement, Self.endElement)
        unsafe XML_SetCharacterDataHandler(handle, Self.characters)
        unsafe XML_SetStartDoctypeDeclHandler(handle, Self.documentType)
    }

    deinit { unsafe XML_ParserFree(handle) }

    /// Reads the next piece; false where the text is no XML, or the handler has stopped.
    func parse(_ bytes: ArraySlice<UInt8>, isLast: Bool = false) -> Bool {
        let status = unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe buffer.withMemoryRebound(to: CChar.self) { unsafe XML_Parse(handle, $0.baseAddress, Int32($0.count), isLast ? 1 : 0) }
        }
        return status == XML_STATUS_OK && !handler.isStopped
    }

    private static let startElement: XML_StartElementHandler = { data, name, attributes in
        guard let handler = unsafe XMLParser.handler(data), let name = unsafe name, !handler.isStopped else { return }
        handler.depth += 1
        if handler.depth > handler.greatestDepth { return handler.isStopped = true }
        var list: [(String, String)] = []
        if var next = unsafe attributes {
            while let key = unsafe next.pointee, let value = unsafe next.advanced(by: 1).pointee {
                list.append((unsafe XMLParser.local(key), unsafe String(cString: value)))
                unsafe next = unsafe next.advanced(by: 2)
            }
        }
        handler.start(unsafe XMLParser.local(name), XMLAttributes(list: list))
    }

    private static let endElement: XML_EndElementHandler = { data, name in
        guard let handler = unsafe XMLParser.handler(data), let name = unsafe name, !handler.isStopped else { return }
        handler.depth -= 1
        handler.end(unsafe XMLParser.local(name))
    }

    /// Parts of packages have no document type (ECMA-376 part 2, 8.1.4): it could only bring entities that stand for other text.
    private static let documentType: XML_StartDoctypeDeclHandler = { data, _, _, _, _ in
        if let handler = unsafe XMLParser.handler(data) { handler.isStopped = true }
    }

    private static let characters: XML_CharacterDataHandler = { data, text, count in
        guard let handler = unsafe XMLParser.handler(data), let text = unsafe text, handler.collectsText else { return }
        if handler.text.count + Int(count) > handler.longestText { return handler.isStopped = true }
        unsafe UnsafeRawBufferPointer(start: text, count: Int(count)).withUnsafeBytes { unsafe handler.text.append(contentsOf: $0) }
    }

    private static func handler(_ data: UnsafeMutableRawPointer?) -> XMLHandler? {
        guard let data = unsafe data else { return nil }
        return unsafe Unmanaged<XMLHandler>.fromOpaque(data).takeUnretainedValue()
    }

    /// A name without the prefix of its name space.
    private static func local(_ name: UnsafePointer<CChar>) -> String {
        let text = unsafe String(cString: name)
        guard let colon = text.utf8.lastIndex(of: UInt8(ascii: ":")) else { return text }
        return String(text[text.index(after: colon)...])
    }
}
