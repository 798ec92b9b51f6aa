with

texts as (
    select
        return_line_id,
        text_id,
        reason_text,
        model_version,
        language_code,
        direction_code,
        zones_text,
        danger_spans_text,
        is_decided,
        is_abstained,
        is_escalated
    from {{ ref('int_return_lines_joined_to_readings') }}
),

return_lines as (
    select
        return_line_id,
        sku,
        style_id,
        returned_count,
        event_date
    from {{ ref('fct_return_lines') }}
    where is_product_return and style_id is not null
),

products as (
    select
        sku,
        size_label
    from {{ ref('dim_products') }}
),

codes as (
    select
        return_line_id,
        reason_code,
        evidence_spans_text,
        reason_probability
    from {{ ref('fct_return_reason_readings') }}
    where reason_probability >= {{ doubted_probability() }}
),

-- A text in which nothing was read is quoted under NONE: somebody has to look at it.
joined as (
    select
        return_lines.style_id,
        coalesce(codes.reason_code, 'NONE') as reason_code,
        return_lines.return_line_id,
        return_lines.sku,
        products.size_label,
        texts.text_id,
        texts.reason_text,
        texts.model_version,
        texts.language_code,
        texts.direction_code,
        texts.zones_text,
        codes.evidence_spans_text,
        texts.danger_spans_text,
        codes.reason_probability,
        texts.is_decided,
        texts.is_abstained,
        texts.is_escalated,
        return_lines.event_date
    from return_lines
    inner join texts on return_lines.return_line_id = texts.return_line_id
    left join codes on return_lines.return_line_id = codes.return_line_id
    left join products on return_lines.sku = products.sku
),

-- The same words are quoted once for a style and a reason, by their newest return.
newest as (
    select
        *,
        row_number() over (
            partition by style_id, reason_code, text_id
            order by event_date desc nulls last, return_line_id asc
        ) as text_place_number,
        count(*) over (partition by style_id, reason_code, text_id) as return_line_count
    from joined
),

ranked as (
    select
        *,
        row_number() over (
            partition by style_id, reason_code
            order by
                is_escalated desc,
                is_decided desc,
                event_date desc nulls last,
                return_line_id asc
        ) as quote_number
    from newest
    where text_place_number = 1
),

placed as (
    select
        *,
        row_number() over (
            partition by reason_code, text_id
            order by event_date desc nulls last, return_line_id asc
        ) as text_shop_number
    from ranked
    -- What a page shows of a reason; the review queue has the rest.
    where quote_number <= 12
),

-- Each text once for a reason, whatever the style.
compared as (
    select
        *,
        row_number() over (
            partition by reason_code, text_shop_number
            order by
                is_escalated desc,
                (is_decided or reason_code = 'NONE') desc,
                event_date desc nulls last,
                return_line_id asc
        ) as shop_place_number
    from placed
),

final as (
    select
        style_id,
        reason_code,
        return_line_id,
        sku,
        size_label,
        reason_text as quote_text,
        evidence_spans_text,
        danger_spans_text,
        language_code,
        direction_code,
        zones_text,
        model_version,
        quote_number,
        return_line_count,
        reason_probability,
        is_decided,
        is_abstained,
        is_escalated,
        -- With all reasons of its text.
        bool_or(text_shop_number = 1 and shop_place_number <= 12)
            over (partition by return_line_id) as is_shop_quote,
        event_date
    from compared
    order by style_id, reason_code, quote_number
)

select * from final
