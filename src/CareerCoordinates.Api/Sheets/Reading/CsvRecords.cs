using System.Text;

namespace CareerCoordinates.Api.Sheets.Reading;

/// <summary>
/// The records of a CSV (RFC 4180), one in memory at a time, each with its text as it stands in the file. Line ends are CR LF, LF or CR. A
/// quotation mark inside a text that does not begin with one is itself, as spreadsheets have it.
/// </summary>
internal sealed class CsvRecords(TextReader text, char separator)
{
    private readonly char[] buffer = new char[1 << 15];
    private readonly StringBuilder raw = new();
    private readonly StringBuilder field = new();
    private readonly List<string> fields = [];
    private readonly List<int> ends = [];
    private int at;
    private int filled;
    private int nextLine = 1;

    /// <summary>From 1.</summary>
    public int Number { get; private set; }

    /// <summary>The line on which the record begins, from 1.</summary>
    public int Line { get; private set; }

    public IReadOnlyList<string> Fields => fields;

    /// <summary>The record as it stands in the file, its line end included.</summary>
    public StringBuilder Raw => raw;

    /// <summary>For each field, where it ends in <see cref="Raw"/>.</summary>
    public IReadOnlyList<int> Ends => ends;

    /// <summary>False at the end of the file.</summary>
    public bool Read()
    {
        raw.Clear();
        fields.Clear();
        ends.Clear();
        if (Peek() < 0)
        {
            return false;
        }
        Number++;
        Line = nextLine;
        if (Number == 1 && ReadDirective())
        {
            Number = 0;
            return true;
        }
        while (true)
        {
            ReadField();
            Add();
            if (Peek() == separator)
            {
                Take();
                continue;
            }
            if (Peek() >= 0)
            {
                TakeLineEnd();
            }
            return true;
        }
    }

    /// <summary>A first line <c>sep=;</c> tells spreadsheets the separator and is shown by none: it is record 0, without fields.</summary>
    private bool ReadDirective()
    {
        Fill(6);
        var start = buffer.AsSpan(at, filled - at);
        if (!start.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) || start.Length < 6 || start[5] is not ('\r' or '\n'))
        {
            return false;
        }
        for (var i = 0; i < 5; i++)
        {
            Take();
        }
        TakeLineEnd();
        return true;
    }

    private void ReadField()
    {
        field.Clear();
        if (Peek() == '"')
        {
            ReadQuoted();
            return;
        }
        while (Peek() is var next && next >= 0 && next != separator && next is not ('\r' or '\n'))
        {
            field.Append(Take());
            Limit();
        }
    }

    private void ReadQuoted()
    {
        var opened = nextLine;
        Take();
        while (true)
        {
            switch (Peek())
            {
                case < 0:
                    throw BadBookException.Of(BookRefusals.QuoteOpen, opened, Address);
                case '\r' or '\n':
                    var before = raw.Length;
                    TakeLineEnd();
                    field.Append(raw, before, raw.Length - before);
                    break;
                case '"':
                    Take();
                    if (Peek() != '"')
                    {
                        EndQuoted();
                        return;
                    }
                    field.Append(Take());
                    break;
                default:
                    field.Append(Take());
                    break;
            }
            if (field.Length > SheetLimits.CellText)
            {
                // What runs on is most often not closed.
                throw BadBookException.Of(BookRefusals.QuoteOpen, opened, Address);
            }
        }
    }

    private void EndQuoted()
    {
        while (Peek() is ' ' && separator != ' ')
        {
            Take();
        }
        if (Peek() is var next && next >= 0 && next != separator && next is not ('\r' or '\n'))
        {
            throw BadBookException.Of(BookRefusals.QuoteMisplaced, nextLine, Address);
        }
    }

    private string Address => CellAddress.Of(Number, fields.Count + 1);

    private void Limit()
    {
        if (field.Length > SheetLimits.CellText)
        {
            throw BadBookException.Of(BookRefusals.CellTooLong, Address, SheetLimits.CellText);
        }
    }

    private void Add()
    {
        var isBlank = field.Length == 0 || string.IsNullOrWhiteSpace(field.ToString());
        if ((!isBlank && fields.Count >= SheetLimits.Columns) || fields.Count >= CellAddress.LastColumn)
        {
            throw BadBookException.Of(BookRefusals.TooManyColumns, Address, CellAddress.Letters(SheetLimits.Columns));
        }
        fields.Add(field.Length == 0 ? "" : field.ToString());
        ends.Add(raw.Length);
    }

    private int Peek()
    {
        if (at == filled)
        {
            Fill(1);
        }
        return at < filled ? buffer[at] : -1;
    }

    private char Take()
    {
        var one = buffer[at++];
        raw.Append(one);
        if (raw.Length > SheetLimits.RecordText)
        {
            throw BadBookException.Of(BookRefusals.RecordTooLong, Line, SheetLimits.RecordText);
        }
        return one;
    }

    private void TakeLineEnd()
    {
        if (Take() == '\r' && Peek() == '\n')
        {
            Take();
        }
        nextLine++;
    }

    /// <summary>Has at least so many characters ahead, if the file has.</summary>
    private void Fill(int needed)
    {
        if (filled - at >= needed)
        {
            return;
        }
        buffer.AsSpan(at, filled - at).CopyTo(buffer);
        (filled, at) = (filled - at, 0);
        while (filled < needed && text.Read(buffer, filled, buffer.Length - filled) is var read and > 0)
        {
            filled += read;
        }
    }
}
